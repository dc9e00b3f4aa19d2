using FedMeta.Learning;

namespace FedMeta.Server.Models;

/// <summary>
/// From the means of a round's groups to one mean. First every group's norm is held against what honest inputs explain:
/// a group in which somebody used more of the ring than its clip allows is left out, whoever it was. The rest is joined
/// by the study's rule, which withstands any minority of bad groups.
/// <para>The order matters. With 20 hospitals in 4 groups, two bad groups are half, and no median helps; but one of two
/// attackers who stretches its update is seen by the norm of its group, and the other's group is then one of three.
/// What cannot be helped: two bad groups of four that both stay within the norm.</para>
/// </summary>
internal static class GroupCombination
{
    /// <summary>The combined mean and the indices of the groups left out for their norm; no mean where not more than
    /// half of the groups are left, for then the rule has nothing to rest on.</summary>
    /// <param name="groups">Those that gave a sum, at least one.</param>
    /// <param name="clients">Hospitals in each group's sum, the weights of the mean within a rule.</param>
    /// <param name="rule">One of coordinate-median, trimmed-mean (see <see cref="Trim"/>) and
    /// geometric-median.</param>
    public static (double[]? Mean, IReadOnlyList<int> LeftOut) Combine(IReadOnlyList<ReleasedMean> groups,
        IReadOnlyList<int> clients, string rule)
    {
        var kept = Enumerable.Range(0, groups.Count).Where(g => groups[g].IsExplained).ToList();
        IReadOnlyList<int> leftOut = [.. Enumerable.Range(0, groups.Count).Except(kept)];
        if (2 * kept.Count <= groups.Count)
            return (null, leftOut);
        var means = kept.Select(g => groups[g].Values).ToList();
        var weights = kept.Select(g => (double)clients[g]).ToList();
        return (rule switch
        {
            "coordinate-median" => RobustCombiner.Median(means, weights),
            "trimmed-mean" => RobustCombiner.TrimmedMean(means, Trim(means.Count), weights),
            "geometric-median" => RobustCombiner.GeometricMedian(means, weights),
            _ => throw new ArgumentException($"there is no rule {rule}", nameof(rule)),
        }, leftOut);
    }

    /// <summary>How many groups the trimmed mean leaves out at either end: a quarter, of three or more at least one.
    /// Without any it would be a mean, which one bad group moves anywhere.</summary>
    public static int Trim(int groups) => Math.Min((groups - 1) / 2, Math.Max(1, groups / 4));
}
