namespace FedMeta.SecureAgg;

/// <summary>What each client is shown of the roster: all of it, or on a sparse graph its neighbourhood with the proof
/// that it stands in the roster.</summary>
internal static class RosterMessages
{
    public static IReadOnlyDictionary<string, ServerMessage> For(
        ServerRoster roster, ReadOnlyMemory<byte> contextHash, RosterTree tree)
    {
        var entries = roster.Agreed.Entries;
        if (roster.Agreed.IsComplete)
        {
            var all = new Roster(contextHash, roster.Count, tree.Root, entries, []);
            return entries.ToDictionary(entry => entry.ClientId, ServerMessage (_) => all);
        }

        var proofs = entries.Select((_, i) => new InclusionProof(i + 1, tree.PathOf(i + 1))).ToList();
        return Enumerable.Range(1, roster.Count).ToDictionary(roster.IdAt, ServerMessage (place) =>
        {
            var shown = roster.Graph.HoldersOf(place).Append(place).Order().ToList();
            return new Roster(
                contextHash,
                roster.Count,
                tree.Root,
                [.. shown.Select(each => entries[each - 1])],
                [.. shown.Select(each => proofs[each - 1])]);
        });
    }
}
