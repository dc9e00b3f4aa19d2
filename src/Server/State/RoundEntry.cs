using System.Collections.Immutable;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.State;

/// <summary>One attempt at a round.</summary>
internal sealed record RoundEntry(int Round, int Attempt, Origin Started, string Model, string RotationSeed,
    long Expiry,
    IReadOnlyList<string> Invited)
{
    /// <summary>The rosters by group (0 where the round has one sum), once the keys were collected.</summary>
    public ImmutableSortedDictionary<int, (Origin Origin, IReadOnlyList<string> Clients)> Rosters { get; init; } =
        ImmutableSortedDictionary<int, (Origin Origin, IReadOnlyList<string> Clients)>.Empty;

    /// <summary>Announced inputs by client id.</summary>
    public ImmutableSortedDictionary<string, InputEntry> Inputs { get; init; } =
        ImmutableSortedDictionary.Create<string, InputEntry>(StringComparer.Ordinal);

    /// <summary>Who is in each opened sum and who signed for it, by group.</summary>
    public ImmutableSortedDictionary<int, SurvivorsEntry> Sums { get; init; } =
        ImmutableSortedDictionary<int, SurvivorsEntry>.Empty;

    /// <summary>Groups that gave no sum, with the reason.</summary>
    public ImmutableSortedDictionary<int, (Origin Origin, string Reason)> DroppedGroups { get; init; } =
        ImmutableSortedDictionary<int, (Origin Origin, string Reason)>.Empty;

    /// <summary>Shares that did not fit together, by group.</summary>
    public ImmutableSortedDictionary<int, (Origin Origin, RoundConflicts Fact)> Conflicts { get; init; } =
        ImmutableSortedDictionary<int, (Origin Origin, RoundConflicts Fact)>.Empty;

    /// <summary>Inputs in the smallest opened sum; 0 where none was opened.</summary>
    public int SmallestSum => Sums.IsEmpty ? 0 : Sums.Values.Min(s => s.Clients.Count);

    /// <summary>The roster that a client stands in with its group (0 where the round has one sum), or null.</summary>
    public (int Group, Origin Origin)? RosterOf(string client)
    {
        foreach (var (group, roster) in Rosters)
        {
            if (roster.Clients.Contains(client))
                return (group, roster.Origin);
        }

        return null;
    }

    /// <summary>Null while the attempt is open.</summary>
    public RoundOutcome? Outcome { get; init; }
}
