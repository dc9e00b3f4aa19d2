using FedMeta.Server.State;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Rounds;

/// <summary>Whether a study can go on, and with whom: a pure reading of the journal, the same after every
/// restart.</summary>
internal static class StudyProspects
{
    /// <summary>Attempts that may be aborted one after another before the study ends partial.</summary>
    public const int MaxAbortedInARow = 3;

    /// <summary>Draws of groups that may be in vain one after another, at no cost, before the study ends
    /// partial.</summary>
    public const int MaxDrawnInVain = 50;

    // With these words a client says that its budget is used up: it will not come back to this study.
    private static readonly string[] Exhausted = [Withdrew("study-budget-exhausted"),
        Withdrew("total-budget-exhausted")];

    /// <summary>How a client's own leave is written in a record.</summary>
    public static string Withdrew(string reason) => $"withdrew: {reason}";

    /// <summary>Rounds that may be rolled back one after another before the study pauses.</summary>
    public const int MaxRolledBackInARow = 3;

    /// <summary>Members that approved, are active, have budget left as far as they said, and were not shut
    /// out.</summary>
    public static IReadOnlyList<string> Eligible(CoordinatorState state, StudyEntry study) =>
        [.. Willing(state, study).Where(c => !study.ShutOut.ContainsKey(c))];

    private static IReadOnlyList<string> Willing(CoordinatorState state, StudyEntry study)
    {
        var spent = study.Rounds.Select(r => r.Outcome?.Excluded).OfType<IReadOnlyDictionary<string, string>>()
            .SelectMany(e => e).Where(e => Exhausted.Contains(e.Value)).Select(e => e.Key)
                .ToHashSet(StringComparer.Ordinal);
        return [.. (study.Started?.Approved ?? []).Where(c => !spent.Contains(c)
            && state.Clients.TryGetValue(c, out var client) && client.Standing == ClientStanding.Active)];
    }

    /// <summary>The least number of hospitals that an attempt begins with: enough for every sum that it needs and for
    /// the quorum, or those who came would be charged in vain.</summary>
    public static int SmallestRoster(StudyPlan plan) =>
        Math.Max(plan.NeededSums * SmallestSum(plan), plan.Terms.Rounds.Quorum);

    /// <summary>The least number of hospitals that one sum begins with.</summary>
    public static int SmallestSum(StudyPlan plan) => Math.Max(plan.Terms.Aggregation.MinPeers,
        Math.Max(plan.Aggregation.Threshold, plan.Aggregation.MinimumCohort));

    /// <summary>The state in which the study has to end now, and why; null if it goes on.</summary>
    public static (string State, string Reason)? WhyOver(CoordinatorState state, StudyEntry study, StudyPlan plan,
        RoundServices services)
    {
        if (study.StopRequested)
            return ("stopped", "the operator stopped it");
        if (study.PlayedRounds >= plan.RoundCount)
            return ("completed", RoundsPlayed(study));
        var charged = study.Rounds.Count(r => r.Inputs.Count > 0);
        if (plan.Mechanism.Total.Less(plan.Mechanism.PerRound.Times(charged)) < plan.Mechanism.PerRound)
            return ("partial", "the privacy budget does not pay for another attempt");
        // Those who are shut out may be readmitted: then the study waits for the operator instead.
        var eligible = Willing(state, study).Count;
        if (eligible < SmallestRoster(plan))
            return ("partial", $"{eligible} hospitals are left and a round needs {SmallestRoster(plan)}");
        if (study.AbortedInARow >= MaxAbortedInARow)
            return ("partial", $"{MaxAbortedInARow} attempts in a row were aborted");
        if (study.DrawnInVainInARow >= MaxDrawnInVain)
            return ("partial", $"{MaxDrawnInVain} draws in a row left too few groups with enough hospitals");
        var last = state.Activities.FindLast(a => a.Study == study.Hash)!.Origin.Time;
        return study.Standing == StudyStanding.Running && services.Time.GetUtcNow() - last > services.Patience
            ? ("partial", $"too few hospitals came together within {services.Patience.TotalHours:0.#} hours")
            : null;
    }

    /// <summary>Why the coordinator has to pause the study now; null if it goes on.</summary>
    public static string? WhyPause(CoordinatorState state, StudyEntry study, StudyPlan plan)
    {
        if (study.Standing != StudyStanding.Running)
            return null;
        if (study.RolledBackInARow >= MaxRolledBackInARow)
        {
            return $"{MaxRolledBackInARow} rounds in a row were rolled back, the last one because "
                + RollBacks.Explain(LastRollBack(study).Reason, LastRollBack(study).Checks);
        }

        var (eligible, needed) = (Eligible(state, study).Count, SmallestRoster(plan));
        return study.ShutOut.IsEmpty || eligible >= needed
            ? null
            : $"{eligible} hospitals are left, a round needs {needed}, and {string.Join(", ", study.ShutOut.Keys)} "
                + "are shut out: fedmeta client readmit NAME, then fedmeta study resume, or fedmeta study stop";
    }

    private static RoundOutcome.RolledBack LastRollBack(StudyEntry study) =>
        study.Rounds.Select(r => r.Outcome).OfType<RoundOutcome.RolledBack>().Last();

    private static string RoundsPlayed(StudyEntry study) => study.PlayedRounds == study.CompletedRounds
        ? $"all {study.PlayedRounds} rounds completed"
        : $"all {study.PlayedRounds} rounds played, {study.PlayedRounds - study.CompletedRounds} of them rolled back";
}
