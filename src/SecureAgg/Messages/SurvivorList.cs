namespace FedMeta.SecureAgg;

/// <summary>Phase 3, server to every client that delivered: whose inputs are in the sum.</summary>
/// <param name="Survivors">The set U3 of those that delivered, strictly ascending (ordinal).</param>
/// <param name="Dropped">U2 without U3: those whose masks must be taken out, strictly ascending (ordinal). Said aloud,
/// though a client could derive it, so that a server with another view of U2 is caught here.</param>
public sealed record SurvivorList(IReadOnlyList<string> Survivors, IReadOnlyList<string> Dropped) : ServerMessage
{
    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.CheckConsistency;
}
