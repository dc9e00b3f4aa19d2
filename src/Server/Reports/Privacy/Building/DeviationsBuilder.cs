using FedMeta.SecureAgg;
using FedMeta.Server.Reports.Privacy.Sections;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using static FedMeta.Server.Reports.Privacy.Sections.DeviationsSection;

namespace FedMeta.Server.Reports.Privacy.Building;

/// <summary>Section 7: what departs from the usual, said openly.</summary>
internal static class DeviationsBuilder
{
    private static readonly IReadOnlyList<string> NotVisible =
    [
        "How often the integer norm check made a hospital truncate a vector instead of rounding it (the fall-back): it depends on patients and never leaves the hospital. The norm bound holds either way.",
        "Vectors with an entry that is infinite or not a number: the hospital's client counts them as zero, and how many there were never leaves the hospital.",
        "How many vectors were clipped, losses and norms: they depend on patients and never leave the hospital.",
    ];

    /// <summary>All of them, in the journal's order.</summary>
    public static DeviationsSection Of(StudyEntry study, StudyPlan plan) => new(
        study.Rounds.Count(r => r.Outcome is RoundOutcome.Opened { Checks.NearWrap: true }),
        0,
        [.. Items(study, plan).OrderBy(i => i.Record)],
        NotVisible);

    private static IEnumerable<Deviation> Items(StudyEntry study, StudyPlan plan)
    {
        if (plan.Aggregation.MinHonestInputs < AggregationParameters.DefaultMinHonestInputs)
            yield return new Deviation(study.Proposed.Record, "lowered-floor",
                $"The study lowered the floor: a sum may be opened with {plan.Aggregation.MinHonestInputs} honest inputs instead of {AggregationParameters.DefaultMinHonestInputs}. Every approving hospital signed this.");
        foreach (var (client, decision) in study.Decisions.Where(d => !d.Value.Approve))
            yield return new Deviation(decision.Origin.Record, "refused", $"{client} refused the study: {decision.Reason}");
        foreach (var (client, shut) in study.ShutOut)
            yield return new Deviation(shut.Origin.Record, "shut-out", $"{client} is not invited at present: {shut.Reason}.");
        foreach (var item in study.Rounds.SelectMany(Items))
            yield return item;
        if (study.PauseReason is { } paused)
            yield return new Deviation(study.Rounds.LastOrDefault()?.Outcome?.Origin.Record ?? study.Proposed.Record, "paused",
                $"The coordinator paused the study by itself: {paused}.");
        foreach (var other in StatedCosts.OtherVariances(study, plan.Mechanism))
            yield return new Deviation(0, "other-variance", $"A hospital stated another noise variance than the plan's: {other}.");
    }

    private static IEnumerable<Deviation> Items(RoundEntry round)
    {
        foreach (var (group, dropped) in round.DroppedGroups)
            yield return new Deviation(dropped.Origin.Record, "group-dropped",
                $"Round {round.Round}, attempt {round.Attempt}: group {group} gave no sum ({dropped.Reason}); its hospitals are charged if the attempt is.");
        foreach (var (_, conflict) in round.Conflicts)
            yield return new Deviation(conflict.Origin.Record, "share-conflict",
                $"Round {round.Round}, attempt {round.Attempt}: {conflict.Fact.Conflicts.Count} key shares were missing or wrong; the participation report names them.");
        switch (round.Outcome)
        {
            case RoundOutcome.Aborted aborted:
                yield return new Deviation(aborted.Origin.Record, "aborted",
                    $"Round {round.Round}, attempt {round.Attempt} was aborted in {aborted.Phase} ({aborted.Reason}); "
                    + (round.Inputs.Count > 0
                        ? $"it is charged, because {round.Inputs.Count} masked inputs had been announced."
                        : "nothing had been sent and nothing is charged."));
                break;
            case RoundOutcome.RolledBack rolled:
                yield return new Deviation(rolled.Origin.Record, "rolled-back",
                    $"Round {round.Round} was rolled back: {RollBacks.Explain(rolled.Reason, rolled.Checks)}. The model did not change; the sum was opened, so the round is charged.");
                break;
            case RoundOutcome.Completed { Checks.Groups: { } checks } combined:
                foreach (var group in checks.Where(g => !g.IsExplained))
                    yield return new Deviation(combined.Origin.Record, "group-left-out",
                        $"Round {round.Round}: group {group.Group} was left out of the model, because its mean is longer than honest hospitals and their noise explain; its sum was opened and is charged.");
                break;
        }

        if (round.Outcome is RoundOutcome.Opened { Checks.NearWrap: true } opened)
            yield return new Deviation(opened.Origin.Record, "near-wrap",
                $"Round {round.Round}: a coordinate of the sum came near the edge of the ring; accuracy may have suffered, privacy has not.");
    }
}
