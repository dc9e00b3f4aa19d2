namespace FedMeta.Privacy;

/// <summary>
/// Bounds for sums of independent discrete Gaussians: Kairouz, Liu and Steinke 2021, "The Distributed Discrete Gaussian
/// Mechanism for Federated Learning with Secure Aggregation", Theorem 1 and Propositions 14 and 22. Standard deviations
/// and norms are in integer units. See docs/proofs/noise-shares.md and docs/proofs/accounting.md.
/// </summary>
public static class DistributedDiscreteGaussian
{
    /// <summary>
    /// tau = 10 sum over k = 1..n-1 of exp(-2 pi^2 s^2 k/(k+1)): twice the largest log-ratio between the sum of n
    /// shares and one discrete Gaussian of their total variance. 0 for one share.
    /// </summary>
    /// <param name="shares">Number of shares n, at least 1.</param>
    /// <param name="variance">Variance parameter s^2 of each, positive.</param>
    public static double Tau(int shares, double variance) => Math.Exp(LogTau(shares, variance));

    /// <summary>ln of <see cref="Tau(int, double)"/>, also where tau is below the least floating-point number.</summary>
    public static double LogTau(int shares, double variance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shares, 1);
        CheckVariance(variance);
        var sum = double.NegativeInfinity;
        for (var k = 1; k < shares; k++)
        {
            sum = RealFunctions.LogAdd(sum, -2 * Math.PI * Math.PI * variance * k / (k + 1));
        }

        return sum + Math.Log(10);
    }

    /// <summary>
    /// The same for shares of unequal variances v_1..v_n with partial sums S_k: tau = 10 sum over k = 1..n-1 of exp(-2
    /// pi^2/(1/S_k + 1/v_(k+1))), which is <see cref="Tau(int, double)"/> where all are equal. The bounds hold for
    /// standard deviations of at least 1/2. Any order of the shares gives a valid bound.
    /// </summary>
    /// <param name="variances">Variance parameters, each positive; at least one.</param>
    public static double LogTau(IReadOnlyList<double> variances)
    {
        ArgumentNullException.ThrowIfNull(variances);
        if (variances.Count == 0) throw new ArgumentException("there is no share", nameof(variances));
        var sum = double.NegativeInfinity;
        var partial = 0.0;
        for (var k = 0; k < variances.Count; k++)
        {
            CheckVariance(variances[k]);
            if (k > 0) sum = RealFunctions.LogAdd(sum, -2 * Math.PI * Math.PI / ((1 / partial) + (1 / variances[k])));
            partial += variances[k];
        }

        return sum + Math.Log(10);
    }

    /// <summary>
    /// Norm after stochastic rounding of a vector of norm c in D dimensions, but for a chance beta:
    /// min(c + sqrt D, sqrt(c^2 + D/4 + sqrt(2 ln(1/beta)) (c + sqrt(D)/2))); the first term alone for beta 0.
    /// </summary>
    public static double RoundedL2Bound(double scaledNorm, int dimension, double beta)
    {
        if (!(scaledNorm >= 0)) throw new ArgumentOutOfRangeException(nameof(scaledNorm));
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (!(beta is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(beta));
        var root = Math.Sqrt(dimension);
        var always = scaledNorm + root;
        if (beta == 0) return always;
        var likely = (scaledNorm * scaledNorm) + (0.25 * dimension)
            + (Math.Sqrt(2 * Math.Log(1 / beta)) * (scaledNorm + (0.5 * root)));
        return Math.Min(always, Math.Sqrt(likely));
    }

    /// <summary>L1 norm of an integer vector with L2 norm at most <paramref name="l2Bound"/>: B2 min(sqrt D,
    /// B2).</summary>
    public static double RoundedL1Bound(double l2Bound, int dimension) =>
        l2Bound * Math.Min(Math.Sqrt(dimension), l2Bound);

    /// <summary>
    /// Renyi divergence of order a between the noised sums of neighbours: the least of a/2 D2^2 + tau d,
    /// a/2 (D2^2 + 2 D1 tau + tau^2 d) and a/2 (D2 + sqrt(d) tau)^2 with D = bound/(sqrt(n) s).
    /// </summary>
    /// <param name="order">Above 1.</param>
    /// <param name="shares">Shares n that the adversary does not know, at least 1.</param>
    /// <param name="variance">Variance parameter s^2 of each, positive.</param>
    /// <param name="l2Sensitivity">L2 distance that one unit moves the sum, not negative.</param>
    /// <param name="l1Sensitivity">L1 distance that one unit moves the sum, not negative.</param>
    /// <param name="dimension">Coordinates d, at least 1.</param>
    public static double Rdp(
        double order, int shares, double variance, double l2Sensitivity, double l1Sensitivity, int dimension) =>
        Rdp(order, LogTau(shares, variance), shares * variance, l2Sensitivity, l1Sensitivity, dimension);

    /// <summary>The same for shares of unequal variances, of total variance sum v_k.</summary>
    /// <param name="order">Above 1.</param>
    /// <param name="variances">Variance parameters of the shares that the adversary does not know.</param>
    /// <param name="l2Sensitivity">L2 distance that one unit moves the sum, not negative.</param>
    /// <param name="l1Sensitivity">L1 distance that one unit moves the sum, not negative.</param>
    /// <param name="dimension">Coordinates d, at least 1.</param>
    public static double Rdp(
        double order, IReadOnlyList<double> variances, double l2Sensitivity, double l1Sensitivity, int dimension) =>
        Rdp(order, LogTau(variances), variances.Sum(), l2Sensitivity, l1Sensitivity, dimension);

    private static double Rdp(
        double order, double logTau, double variance, double l2Sensitivity, double l1Sensitivity, int dimension)
    {
        if (!(order > 1) || !double.IsFinite(order)) throw new ArgumentOutOfRangeException(nameof(order));
        if (!(l2Sensitivity >= 0)) throw new ArgumentOutOfRangeException(nameof(l2Sensitivity));
        if (!(l1Sensitivity >= 0)) throw new ArgumentOutOfRangeException(nameof(l1Sensitivity));
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        var tau = Math.Exp(logTau);
        var deviation = Math.Sqrt(variance);
        var l2 = l2Sensitivity / deviation;
        var l1 = l1Sensitivity / deviation;
        var first = (order / 2 * l2 * l2) + (tau * dimension);
        var second = order / 2 * ((l2 * l2) + (2 * l1 * tau) + (tau * tau * dimension));
        var third = order / 2 * Math.Pow(l2 + (Math.Sqrt(dimension) * tau), 2);
        var least = Math.Min(first, Math.Min(second, third));
        return double.IsNaN(least) ? double.PositiveInfinity : least;
    }

    private static void CheckVariance(double variance)
    {
        if (!(variance > 0)) throw new ArgumentOutOfRangeException(nameof(variance));
    }
}
