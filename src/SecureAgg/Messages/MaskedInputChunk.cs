namespace FedMeta.SecureAgg;

/// <summary>A piece of a masked input, client to server: what a transport cuts a <see cref="MaskedInputMessage"/>
/// into.</summary>
/// <param name="Offset">How many bytes of the masked input stand before this piece; the server takes a piece only where
/// that is what it has.</param>
/// <param name="Bytes">The piece, of any length but 0. Kept, not copied, until the rest has come: it must not change, and
/// a transport should not let a client cut its input into crumbs.</param>
public sealed record MaskedInputChunk(long Offset, ReadOnlyMemory<byte> Bytes) : ClientMessage
{
    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.CollectMaskedInput;
}
