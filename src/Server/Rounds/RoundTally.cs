using FedMeta.Server.State;

namespace FedMeta.Server.Rounds;

/// <summary>How an attempt ended in all its sums, before it is put on record.</summary>
/// <param name="Opened">The sums, by group.</param>
/// <param name="Dropped">Groups that gave none.</param>
/// <param name="Excluded">Invited clients that are in no sum, with the reason.</param>
/// <param name="Failure">Why the attempt does not count; null if it does.</param>
internal sealed record RoundTally(
    IReadOnlyList<(RoundPlan Plan, RoundResult.Summed Result)> Opened,
    IReadOnlyList<(RoundPlan Plan, RoundResult.Failed Result)> Dropped,
    IReadOnlyDictionary<string, string> Excluded,
    RoundResult.Failed? Failure)
{
    /// <summary>All that are in a sum, ascending.</summary>
    public IReadOnlyList<string> Included { get; } =
        [.. Opened.SelectMany(o => o.Result.Receipt.Included).Order(StringComparer.Ordinal)];

    /// <summary>The sums whose shares did not fit together.</summary>
    public IEnumerable<(RoundPlan Plan, RoundFaults Faults)> Faults =>
        Opened.Select(o => (o.Plan, o.Result.Faults)).Concat(Dropped.Select(d => (d.Plan, d.Result.Faults)))
            .Where(s => s.Faults.Conflicts.Count + s.Faults.Unrecovered.Count > 0);

    /// <summary>Joins the ends of all sums of an attempt.</summary>
    /// <param name="ends">One for each group, in their order.</param>
    public static RoundTally Of(IReadOnlyList<(RoundPlan Plan, RoundResult Result)> ends)
    {
        var opened = ends.Where(e => e.Result is RoundResult.Summed)
            .Select(e => (e.Plan, (RoundResult.Summed)e.Result)).ToList();
        var dropped = ends.Where(e => e.Result is RoundResult.Failed)
            .Select(e => (e.Plan, (RoundResult.Failed)e.Result)).ToList();
        var excluded = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (client, reason) in ends.SelectMany(e => e.Result.Excluded))
            excluded[client] = reason;
        foreach (var (plan, failed) in dropped.Where(d => d.Item1.Group.Number > 0))
        {
            foreach (var client in plan.Invited)
                excluded.TryAdd(client, $"group {plan.Group.Number} gave no sum: {failed.Reason}");
        }

        return new RoundTally(opened, dropped, excluded, WhyNot(ends[0].Plan, opened, dropped, excluded));
    }

    private static RoundResult.Failed? WhyNot(RoundPlan plan,
        List<(RoundPlan Plan, RoundResult.Summed Result)> opened,
        List<(RoundPlan Plan, RoundResult.Failed Result)> dropped, SortedDictionary<string, string> excluded)
    {
        if (plan.Group.Number == 0)
            return dropped is [var (_, only)] ? only : null;
        if (opened.Count < plan.StudyPlan.NeededSums)
            return new RoundResult.Failed(RoundOutcome.TooFewGroups, dropped[^1].Result.Phase, excluded);
        return opened.Sum(o => o.Result.Receipt.Included.Count) < plan.StudyPlan.Terms.Rounds.Quorum
            ? new RoundResult.Failed("quorum-missed", "unmask", excluded)
            : null;
    }
}
