namespace FedMeta.SecureAgg.Tests;

/// <summary>Rosters out of any entries, as a server makes them.</summary>
internal static class Rosters
{
    public static ServerRoster Agreed(RoundContext context, IReadOnlyList<RosterEntry> entries)
    {
        var hash = context.ComputeHash();
        var agreed = new AgreedRoster(context, hash, entries.Count, new RosterTree(entries).Root, entries);
        return new ServerRoster(agreed, new RosterGraph(agreed, hash), Threads: 1);
    }
}
