using FedMeta.Privacy;
using FedMeta.Server.Rounds;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Models;

/// <summary>
/// From the opened sums of a round to the one mean update: post-processing of what was released, free of any charge.
/// </summary>
/// <param name="Values">The mean update; null where honest hospitals cannot explain what was opened.</param>
/// <param name="NoiseVariance">Of each coordinate; with groups that of the plain mean of their means. The medians have
/// up to pi/2 times as much; an optimiser that took too much out of its second moment would take too large
/// steps.</param>
/// <param name="Checks">What was found.</param>
internal sealed record CombinedMean(double[]? Values, double NoiseVariance, SumChecks Checks)
{
    /// <summary>Without groups the sum over the study's public number of tasks; with groups the combination of their
    /// means.</summary>
    public static CombinedMean Of(StudyPlan plan,
        IReadOnlyList<(RoundPlan Plan, RoundResult.Summed Result)> sums, ReadOnlySpan<byte> rotationSeed)
    {
        var means = new List<ReleasedMean>();
        foreach (var (round, summed) in sums)
        {
            var inputs = summed.Receipt.Included.Count;
            means.Add(ReleasedMean.Of(plan.Mechanism, summed.Sum, inputs, Divisor(plan, round.Group.Number, inputs),
                rotationSeed));
        }

        var nearWrap = means.Any(m => m.NearWrap);
        if (plan.Terms.Aggregation.IsBucketed)
            return OfGroups(plan, sums, means, nearWrap);
        var (mean, checks) = (means[0], new SumChecks(means[0].Norm, means[0].Bound, nearWrap));
        return new CombinedMean(mean.IsExplained ? mean.Values : null,
            OfNoise(plan, 0, sums[0].Result.Receipt.Included.Count), checks);
    }

    /// <summary>
    /// What a sum is divided by: the study's public number of tasks, and of it a group's share by the hospitals that
    /// are in its sum, which is public too. So a group that lost hospitals stays comparable with the others.
    /// </summary>
    public static double Divisor(StudyPlan plan, int group, int inputs) => group == 0
        ? plan.Terms.Meta.Tasks
        : plan.Terms.Meta.Tasks * (double)inputs / plan.Members.Count;

    /// <summary>
    /// What makes the mean of one sum over all members into that sum over the number of all hospitals of the study,
    /// those that are away too. Studies whose sites keep a vector have no groups, whose median is no such mean.
    /// </summary>
    public static double PerSite(StudyPlan plan) => plan.Terms.Meta.Tasks / (double)plan.Members.Count;

    private static CombinedMean OfGroups(StudyPlan plan,
        IReadOnlyList<(RoundPlan Plan, RoundResult.Summed Result)> sums, List<ReleasedMean> means, bool nearWrap)
    {
        List<int> inputs = [.. sums.Select(s => s.Result.Receipt.Included.Count)];
        var (mean, leftOut) = GroupCombination.Combine(means, inputs, plan.Terms.Aggregation.Combine);
        List<GroupCheck> checks = [.. sums.Select((s, i) => new GroupCheck(s.Plan.Group.Number, means[i].Norm,
            means[i].Bound))];
        if (mean is null)
        {
            var worst = means.MaxBy(m => m.Norm / m.Bound)!;
            return new CombinedMean(null, 0, new SumChecks(worst.Norm, worst.Bound, nearWrap, Groups: checks));
        }

        var kept = Enumerable.Range(0, means.Count).Except(leftOut).ToList();
        var variance = kept.Sum(i => OfNoise(plan, sums[i].Plan.Group.Number, inputs[i])) / (kept.Count * kept.Count);
        var norm = Learning.FlatVector.Norm<double>(mean);
        return new CombinedMean(mean, variance,
            new SumChecks(norm, kept.Max(i => means[i].Bound), nearWrap, Groups: checks));
    }

    // The rotation is orthonormal and leaves the variance of a coordinate as it is.
    private static double OfNoise(StudyPlan plan, int group, int inputs)
    {
        var units = plan.Mechanism.Scale * Divisor(plan, group, inputs);
        return inputs * (double)plan.Mechanism.LocalVariance / (units * units);
    }
}
