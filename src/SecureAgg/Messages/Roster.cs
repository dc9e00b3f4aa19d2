namespace FedMeta.SecureAgg;

/// <summary>Phase 1, server to every client of the roster: who takes part, and with which keys. On the complete graph
/// every entry; on a sparse one the receiver's own and those of its neighbours, which the receiver can recompute from
/// the root.</summary>
/// <param name="ContextHash">The round's hash as the server sees it (<see cref="RoundContext.ComputeHash"/>), 32 bytes.
/// A client compares it with its own, so that a difference is named before any signature fails over it.</param>
/// <param name="Count">Clients of the whole roster.</param>
/// <param name="Root">Merkle root over all entries in ascending order of their ids, 32 bytes.</param>
/// <param name="Entries">Strictly ascending by id (ordinal).</param>
/// <param name="Proofs">On a sparse graph one for each entry, in the same order; empty on the complete graph.</param>
public sealed record Roster(
    ReadOnlyMemory<byte> ContextHash,
    int Count,
    ReadOnlyMemory<byte> Root,
    IReadOnlyList<RosterEntry> Entries,
    IReadOnlyList<InclusionProof> Proofs) : ServerMessage
{
    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.ShareKeys;

    /// <summary>The roster of a complete graph.</summary>
    internal static Roster Complete(ReadOnlyMemory<byte> contextHash, IReadOnlyList<RosterEntry> entries) =>
        new(contextHash, entries.Count, new RosterTree(entries).Root, entries, []);
}
