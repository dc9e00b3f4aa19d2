namespace FedMeta.Privacy;

/// <summary>
/// Moments of a Poisson-sampled mechanism at whole orders a: sums over k of C(a,k) q^k (1-q)^(a-k) times a factor. The
/// sum over all k of the chances alone is 1, so only what the factors exceed 1 by is summed: no term is negative and
/// nothing cancels, however small the cost of a round is. See docs/proofs/accounting.md.
/// </summary>
internal static class SampledMoment
{
    /// <summary>ln of the sum over k = 2..a of C(a,k) q^k (1-q)^(a-k) e^logFactor(k).</summary>
    /// <param name="order">a, at least 2.</param>
    /// <param name="rate">q in (0, 1).</param>
    /// <param name="logFactor">ln(factor - 1) of each k; minus infinity where the factor is 1.</param>
    public static double LogExcess(int order, double rate, Func<int, double> logFactor)
    {
        var (logIn, logOut) = (Math.Log(rate), RealFunctions.Log1P(-rate));
        var sum = double.NegativeInfinity;
        var logBinomial = Math.Log(order);
        var lost = 0.0;
        for (var k = 2; k <= order; k++)
        {
            // Kahan's compensated sum: a million logarithms added plainly would lose seven digits.
            var step = Math.Log((order - k + 1.0) / k) - lost;
            var next = logBinomial + step;
            lost = next - logBinomial - step;
            logBinomial = next;
            var factor = logFactor(k);
            if (double.IsPositiveInfinity(factor)) return factor;
            sum = RealFunctions.LogAdd(sum, logBinomial + ((order - k) * logOut) + (k * logIn) + factor);
        }

        return sum;
    }
}
