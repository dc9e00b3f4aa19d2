namespace FedMeta.Privacy;

/// <summary>
/// Poisson probabilities without cancellation, in Loader's form (2000, "Fast and Accurate Computation of Binomial
/// Probabilities"): ln P[n] = -D(n) - n h(lambda/n) - ln(2 pi n)/2, where D(n) is the error of Stirling's formula and
/// h(x) = x - 1 - ln x.
/// </summary>
internal static class PoissonLaw
{
    /// <summary>ln of e^-lambda lambda^n/n!.</summary>
    public static double LogProbability(long n, double lambda)
    {
        if (n == 0) return -lambda;
        var excess = (lambda - n) / n;
        return -StirlingError(n) - (n * (excess - RealFunctions.Log1P(excess))) - (0.5 * Math.Log(2 * Math.PI * n));
    }

    /// <summary>ln n! - (n + 1/2) ln n + n - ln(2 pi)/2.</summary>
    private static double StirlingError(long n)
    {
        if (n > 15)
        {
            // 1/(12n) - 1/(360n^3) + 1/(1260n^5) - 1/(1680n^7) + 1/(1188n^9): off by less than 10^-15 from 16 on.
            double square = (double)n * n;
            return ((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (((1.0 / 1680) - (1.0 / 1188 / square)) / square))
                / square)) / square)) / n;
        }

        var factorial = 1.0;
        for (var k = 2; k <= n; k++) factorial *= k;
        return Math.Log(factorial) - ((n + 0.5) * Math.Log(n)) + n - (0.5 * Math.Log(2 * Math.PI));
    }
}
