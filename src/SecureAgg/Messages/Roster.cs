namespace FedMeta.SecureAgg;

/// <summary>Phase 1, server to every client of the roster: who takes part, and with which keys.</summary>
/// <param name="ContextHash">The round's hash as the server sees it (<see cref="RoundContext.ComputeHash"/>), 32 bytes.
/// A client compares it with its own, so that a difference is named before any signature fails over it.</param>
/// <param name="Entries">Strictly ascending by id (ordinal); the place of a client, from 1, is its Shamir
/// coordinate.</param>
public sealed record Roster(ReadOnlyMemory<byte> ContextHash, IReadOnlyList<RosterEntry> Entries) : ServerMessage
{
    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.ShareKeys;
}
