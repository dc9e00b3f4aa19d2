namespace FedMeta.SecureAgg;

/// <summary>Phase 4, server to every survivor: the proof that enough survivors saw the same list.</summary>
/// <param name="Survivors">The same list as in phase 3.</param>
/// <param name="Signatures">At least the threshold of them, strictly ascending by signer (ordinal).</param>
public sealed record SignedSurvivorList(
    IReadOnlyList<string> Survivors,
    IReadOnlyList<SurvivorSignature> Signatures) : ServerMessage
{
    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.Unmask;
}
