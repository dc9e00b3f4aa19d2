namespace FedMeta.SecureAgg;

/// <summary>Phase 1, client to server: one encrypted share pair for every other client of the roster.</summary>
/// <param name="Shares">By recipient, in the roster's order, without the sender.</param>
public sealed record ShareKeysMessage(IReadOnlyList<EncryptedShare> Shares) : ClientMessage
{
    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.ShareKeys;
}
