using FedMeta.SecureAgg;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using static FedMeta.Server.Reports.Privacy.PrivacyReport;

namespace FedMeta.Server.Reports.Privacy;

/// <summary>What departs from the usual, said openly.</summary>
internal static class PrivacyDeviations
{
    /// <summary>All of them, in the journal's order.</summary>
    public static IEnumerable<Deviation> Of(StudyEntry study, StudyPlan plan)
    {
        if (plan.Aggregation.MinHonestInputs < AggregationParameters.DefaultMinHonestInputs)
            yield return new Deviation(study.Proposed.Record,
                $"The study lowered the floor: a sum may be opened with {plan.Aggregation.MinHonestInputs} honest inputs instead of {AggregationParameters.DefaultMinHonestInputs}. Every approving hospital signed this.");
        foreach (var (client, decision) in study.Decisions.Where(d => !d.Value.Approve))
            yield return new Deviation(decision.Origin.Record, $"{client} refused the study: {decision.Reason}");
        foreach (var round in study.Rounds)
        {
            foreach (var (group, dropped) in round.DroppedGroups)
                yield return new Deviation(dropped.Origin.Record,
                    $"Round {round.Round}, attempt {round.Attempt}: group {group} gave no sum ({dropped.Reason}); its hospitals are charged if the attempt is.");
            if (round.Outcome is RoundOutcome.Aborted aborted)
            {
                yield return new Deviation(aborted.Origin.Record,
                    $"Round {round.Round}, attempt {round.Attempt} was aborted in {aborted.Phase} ({aborted.Reason}); "
                    + (round.Inputs.Count > 0
                        ? $"it is charged, because {round.Inputs.Count} masked inputs had been announced."
                            : "nothing had been sent and nothing is charged."));
            }

            if (round.Outcome is RoundOutcome.RolledBack rolled)
            {
                yield return new Deviation(rolled.Origin.Record,
                    $"Round {round.Round} was rolled back: {RollBacks.Explain(rolled.Reason, rolled.Checks)}. The model did not change; the sum was opened, so the round is charged.");
            }

            if (round.Outcome is RoundOutcome.Completed { Checks.Groups: { } checks } combined)
            {
                foreach (var group in checks.Where(g => !g.IsExplained))
                    yield return new Deviation(combined.Origin.Record,
                        $"Round {round.Round}: group {group.Group} was left out of the model, because its mean is longer than honest hospitals and their noise explain; its sum was opened and is charged.");
            }

            if (round.Outcome is RoundOutcome.Opened { Checks.NearWrap: true } opened)
                yield return new Deviation(opened.Origin.Record,
                    $"Round {round.Round}: a coordinate of the sum came near the edge of the ring; accuracy may have suffered, privacy has not.");
        }
    }
}
