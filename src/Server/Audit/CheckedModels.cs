using FedMeta.Privacy;
using FedMeta.Server.Models;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Audit;

/// <summary>
/// Which model a round starts from, and whether the checks' figures say what the coordinator did: a round that was
/// rolled back kept the model, and a sum beyond its bound was not adopted. The bound is computed again; norm and loss
/// are the coordinator's word, since nobody else held the sum.
/// </summary>
internal static class CheckedModels
{
    // Another machine's square roots agree; sums of logarithms need not to the last digit.
    private const double RelativeTolerance = 1e-9;

    /// <summary>A round starts from the last adopted model.</summary>
    public static string? Begins(StudyEntry after, StudyPlans plans, RoundStarted f) =>
        f.Model == Current(after, plans)
            ? null
            : $"round {f.Round} starts from a model that is not the last one adopted";

    /// <summary>A study ends with the last adopted model.</summary>
    public static string? Ends(StudyEntry after, StudyPlans plans, StudyEnded f) =>
        f.Model == Current(after, plans) ? null : "the study ends with a model that is not the last one adopted";

    /// <summary>What was adopted had passed.</summary>
    public static string? Completes(StudyEntry after, StudyPlans plans, RoundCompleted f) =>
        Figures(after, plans.Of(after), f.Included.Count, f.Checks)
        ?? (FailsNorm(f.Checks) || FailsProbe(plans.Of(after), f.Checks) is not false
            ? $"round {f.Round} adopted a sum that its checks should have refused"
            : OfGroups(f.Checks));

    /// <summary>What was rolled back had not.</summary>
    public static string? RollsBack(StudyEntry after, StudyPlans plans, RoundRolledBack f) =>
        Figures(after, plans.Of(after), f.Included.Count, f.Checks)
        ?? (f.Reason switch
        {
            RollBacks.NormUnexplained => FailsNorm(f.Checks),
            RollBacks.ProbeLossWorse => !FailsNorm(f.Checks) && FailsProbe(plans.Of(after), f.Checks) is true,
            _ => false,
        }
            ? OfGroups(f.Checks)
            : $"round {f.Round} was rolled back and its figures do not say why");

    // With groups the round's own figures are those of its groups: the largest bound of those combined, or the worst
    // group where they were not.
    private static string? OfGroups(SumChecks checks)
    {
        if (checks.Groups is not { } groups)
            return null;
        var follow = FailsNorm(checks)
            ? groups.Any(g => (g.Norm, g.Bound) == (checks.UpdateNorm, checks.NormBound))
            : groups.Where(g => g.IsExplained).Max(g => g.Bound) == checks.NormBound;
        return follow ? null : "the round's norm or bound is not that of its groups";
    }

    // Groups are combined while more than half of them stay within their bounds.
    private static bool FailsNorm(SumChecks checks) => checks.Groups is { } groups
        ? 2 * groups.Count(g => g.IsExplained) <= groups.Count
        : checks.UpdateNorm > checks.NormBound;

    // Null where the study has a probe set and the record no loss on it.
    private static bool? FailsProbe(StudyPlan plan, SumChecks checks)
    {
        if (!plan.Terms.Checks.HasProbe)
            return false;
        return checks is { ProbeLoss: not null, ProbeBest: not null }
            ? !checks.PassesProbe(plan.Terms.Checks.ProbeTolerance)
            : null;
    }

    private static string? Figures(StudyEntry after, StudyPlan plan, int included, SumChecks checks)
    {
        var before = after with { Rounds = after.Rounds.RemoveAt(after.Rounds.Count - 1) };
        return before.LeastProbeLoss is { } least && checks.ProbeBest is { } best && best != least
            ? "the best probe loss is not the least of those on record"
            : Bound(after, plan, included, checks);
    }

    private static string? Bound(StudyEntry after, StudyPlan plan, int included, SumChecks checks)
    {
        const string wrong = "the bound on the mean's norm does not follow from the mechanism";
        if (!plan.Terms.Aggregation.IsBucketed)
            return checks.Groups is null && IsRight(plan, 0, included, checks.NormBound) ? null : wrong;
        var sums = after.Rounds[^1].Sums;
        if (checks.Groups is not { } groups || !groups.Select(g => g.Group).SequenceEqual(sums.Keys))
            return "not every group's sum was checked";
        return groups.All(g => IsRight(plan, g.Group, sums[g.Group].Clients.Count, g.Bound)) ? null : wrong;
    }

    private static bool IsRight(StudyPlan plan, int group, int inputs, double bound)
    {
        var right = SumNormBound.Of(plan.Mechanism, Math.Max(1, inputs)) / CombinedMean.Divisor(plan, group, inputs);
        return Math.Abs(right - bound) <= RelativeTolerance * right;
    }

    private static string Current(StudyEntry study, StudyPlans plans) =>
        study.LastCompleted?.Model ?? plans.Of(study).InitialModel;
}
