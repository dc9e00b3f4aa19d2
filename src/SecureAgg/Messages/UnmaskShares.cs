namespace FedMeta.SecureAgg;

/// <summary>Phase 4, client to server: the shares that unmask the sum, and none beyond them. A client answers once.
/// An owner may be absent from its list where the holder could not decrypt that owner's share.</summary>
/// <param name="SeedShares">Shares of self-mask seeds, of survivors alone, strictly ascending by owner.</param>
/// <param name="MaskKeyShares">Shares of mask keys, of dropped clients alone, strictly ascending by owner.</param>
public sealed record UnmaskShares(
    IReadOnlyList<OpenedShare> SeedShares,
    IReadOnlyList<OpenedShare> MaskKeyShares) : ClientMessage
{
    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.Unmask;
}
