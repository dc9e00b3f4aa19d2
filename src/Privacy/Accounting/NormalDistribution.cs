namespace FedMeta.Privacy;

/// <summary>
/// The standard normal distribution to about 14 digits in both tails. Everything goes through the Mills ratio
/// M(x) = (1 - Phi(x))/phi(x), which neither underflows nor cancels: series 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...) for
/// x &lt; 2, Laplace's continued fraction beyond (Abramowitz and Stegun 26.2.11, 26.2.14). The exact Gaussian
/// accountant rests on it: docs/proofs/accounting.md, Exact Gaussian.
/// </summary>
public static class NormalDistribution
{
    private const double LogRootTwoPi = 0.91893853320467274178;
    private const double FractionFrom = 2;
    private const int FractionTerms = 100;

    /// <summary>Phi(x).</summary>
    public static double Cdf(double x) => x <= 0 ? Math.Exp(LogDensity(x)) * MillsRatio(-x) : 1 - Cdf(-x);

    /// <summary>ln Phi(x), also where Phi(x) is below the least floating-point number.</summary>
    public static double LogCdf(double x) =>
        x <= 0 ? LogDensity(x) + Math.Log(MillsRatio(-x)) : RealFunctions.Log1P(-Cdf(-x));

    /// <summary>ln phi(x) = -x^2/2 - ln sqrt(2 pi).</summary>
    public static double LogDensity(double x) => (-x * x / 2) - LogRootTwoPi;

    /// <summary>The x with Phi(x) = <paramref name="probability"/>, in (0, 1).</summary>
    public static double Quantile(double probability)
    {
        if (!(probability is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(probability));
        if (probability > 0.5) return -Quantile(1 - probability);
        var target = Math.Log(probability);
        double low = -40;
        double high = 0;
        for (var step = 0; step < 80; step++)
        {
            var middle = (low + high) / 2;
            if (LogCdf(middle) < target) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    /// <summary>(1 - Phi(x))/phi(x) for x &gt;= 0.</summary>
    internal static double MillsRatio(double x)
    {
        if (!(x >= 0)) throw new ArgumentOutOfRangeException(nameof(x));
        if (x >= FractionFrom) return 1 / (x + FractionTail(x));
        return (Math.Sqrt(Math.PI / 2) * Math.Exp(x * x / 2)) - OddSeries(x);
    }

    /// <summary>1 - x M(x) = -M'(x), for any x; without cancellation for large x.</summary>
    internal static double MillsSlope(double x)
    {
        if (x < FractionFrom) return 1 - (x * ((Math.Sqrt(Math.PI / 2) * Math.Exp(x * x / 2)) - OddSeries(x)));
        var tail = FractionTail(x);
        return tail / (x + tail);
    }

    /// <summary>1/(x + 2/(x + 3/(x + ...))).</summary>
    private static double FractionTail(double x)
    {
        var tail = 0.0;
        for (var k = FractionTerms; k >= 1; k--) tail = k / (x + tail);
        return tail;
    }

    private static double OddSeries(double x)
    {
        var sum = x;
        var term = x;
        for (var odd = 3; Math.Abs(term) > 1e-18 * Math.Abs(sum); odd += 2)
        {
            term *= x * x / odd;
            sum += term;
        }

        return sum;
    }
}
