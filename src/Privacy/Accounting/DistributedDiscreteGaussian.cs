namespace FedMeta.Privacy;

/// <summary>
/// Bounds for sums of independent discrete Gaussians: Kairouz, Liu and Steinke 2021, "The Distributed Discrete Gaussian
/// Mechanism for Federated Learning with Secure Aggregation", Theorem 1 and Propositions 14 and 22. Standard deviations
/// and norms are in integer units. See docs/proofs/noise-shares.md.
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

    /// <summary>ln of <see cref="Tau"/>, also where tau is below the least floating-point number.</summary>
    public static double LogTau(int shares, double variance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shares, 1);
        if (!(variance > 0)) throw new ArgumentOutOfRangeException(nameof(variance));
        var sum = double.NegativeInfinity;
        for (var k = 1; k < shares; k++)
        {
            sum = RealFunctions.LogAdd(sum, -2 * Math.PI * Math.PI * variance * k / (k + 1));
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
    public static double Rdp(
        double order, int shares, double variance, double l2Sensitivity, double l1Sensitivity, int dimension)
    {
        if (!(order > 1)) throw new ArgumentOutOfRangeException(nameof(order));
        var tau = Tau(shares, variance);
        var deviation = Math.Sqrt(shares * variance);
        var l2 = l2Sensitivity / deviation;
        var l1 = l1Sensitivity / deviation;
        var first = (order / 2 * l2 * l2) + (tau * dimension);
        var second = order / 2 * ((l2 * l2) + (2 * l1 * tau) + (tau * tau * dimension));
        var third = order / 2 * Math.Pow(l2 + (Math.Sqrt(dimension) * tau), 2);
        return Math.Min(first, Math.Min(second, third));
    }
}
