namespace FedMeta.SecureAgg;

/// <summary>Phase 2, client to server: the input under all its masks.</summary>
/// <param name="Packed">The vector packed to the ring's width, exactly <see cref="RingPacking.PackedLength(int, int)"/>
/// bytes.</param>
public sealed record MaskedInputMessage(ReadOnlyMemory<byte> Packed) : ClientMessage
{
    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.CollectMaskedInput;
}
