namespace FedMeta.Learning;

/// <summary>
/// Combines the means of several groups into one vector that a minority of bad groups cannot drag away. Secure
/// aggregation hides single updates, so these rules see sums over groups and nothing below them (SHARE, arXiv
/// 2110.02940). All are pure, deterministic, and independent of the groups' order up to rounding. They are
/// post-processing of what was released: they cost no privacy.
/// <para>What they hold: while the bad groups together have less than half of the weight, every coordinate of
/// <see cref="Median"/> stays within the range of the good groups' values, and <see cref="GeometricMedian"/> stays
/// within a bounded distance of them. With half or more, nothing holds.</para>
/// </summary>
public static class RobustCombiner
{
    /// <summary>The weighted mean: no defence, one bad group moves it anywhere.</summary>
    /// <param name="means">One vector a group, all of one length, finite.</param>
    /// <param name="weights">One positive number a group, such as its clients; null counts all alike.</param>
    /// <exception cref="ArgumentException">No group, lengths that differ, an entry that is not finite, a weight that is
    /// not positive.</exception>
    public static double[] Mean(IReadOnlyList<double[]> means, IReadOnlyList<double>? weights = null) =>
        new GroupMeans(means, weights).Mean();

    /// <summary>
    /// The coordinate-wise weighted median (Yin, Chen, Ramchandran and Bartlett 2018, "Byzantine-Robust Distributed
    /// Learning: Towards Optimal Statistical Rates", algorithm 1, option I). Where exactly half of the weight lies on
    /// either side it is the middle between the two values. Breakdown point 1/2 of the weight.
    /// </summary>
    /// <inheritdoc cref="Mean" path="/param"/>
    /// <inheritdoc cref="Mean" path="/exception"/>
    public static double[] Median(IReadOnlyList<double[]> means, IReadOnlyList<double>? weights = null) =>
        new GroupMeans(means, weights).PerCoordinate(OrderStatistics.Median);

    /// <summary>
    /// The coordinate-wise trimmed mean (Yin et al. 2018, option II): of every coordinate the <paramref name="trim"/>
    /// smallest and the <paramref name="trim"/> largest values go, the rest is averaged by weight. Stays within the
    /// good groups' range where at most <paramref name="trim"/> groups are bad.
    /// </summary>
    /// <inheritdoc cref="Mean" path="/param"/>
    /// <param name="means">One vector a group, all of one length, finite.</param>
    /// <param name="trim">Groups cut at either end, 0 or more; something must be left: 2 trim &lt; groups.</param>
    /// <param name="weights">One positive number a group; null counts all alike.</param>
    /// <exception cref="ArgumentException">As for the mean, or nothing is left.</exception>
    public static double[] TrimmedMean(IReadOnlyList<double[]> means, int trim, IReadOnlyList<double>? weights = null)
    {
        var groups = new GroupMeans(means, weights);
        if (trim < 0 || 2 * (long)trim >= means.Count)
            throw new ArgumentException($"cutting {trim} at either end leaves none of {means.Count} groups",
                nameof(trim));
        return groups.PerCoordinate((values, w) => OrderStatistics.TrimmedMean(values, w, trim));
    }

    /// <summary>
    /// The weighted geometric median, the point with the least sum of weighted Euclidean distances (Pillutla, Kakade
    /// and Harchaoui 2022, "Robust Aggregation for Federated Learning", by the smoothed Weiszfeld algorithm).
    /// Breakdown point 1/2 of the weight. Unlike the coordinate-wise rules it turns with the coordinates, so that it
    /// gives the same answer before and after a rotation.
    /// <para>Accuracy: exact where a group's mean is the answer, else to a gradient below 1e-10, see
    /// <see cref="GeometricMedianSolver"/>.</para>
    /// </summary>
    /// <inheritdoc cref="Mean" path="/param"/>
    /// <inheritdoc cref="Mean" path="/exception"/>
    public static double[] GeometricMedian(IReadOnlyList<double[]> means, IReadOnlyList<double>? weights = null) =>
        GeometricMedianSolver.Solve(new GroupMeans(means, weights));
}
