namespace FedMeta.SecureAgg;

/// <summary>Phase 3, client to server: the client's signature over the round and the survivors that it was
/// shown.</summary>
/// <param name="Signature">ECDSA P-256 / SHA-256, 64 bytes (IEEE P1363).</param>
public sealed record ConsistencySignature(ReadOnlyMemory<byte> Signature) : ClientMessage
{
    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.CheckConsistency;
}
