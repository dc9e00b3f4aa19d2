namespace FedMeta.Privacy.Tests.Sampling;

/// <summary>Pearson's chi-squared test of counts against probabilities.</summary>
internal static class GoodnessOfFit
{
    /// <summary>The p-value; cells with fewer than 10 expected samples are put together first.</summary>
    public static double PValue(IReadOnlyList<double> probabilities, IReadOnlyList<long> counts)
    {
        var total = counts.Sum();
        var statistic = 0.0;
        var cells = 0;
        double expected = 0, observed = 0;
        double lastExpected = 0, lastObserved = 0;
        for (var j = 0; j < counts.Count; j++)
        {
            expected += probabilities[j] * total;
            observed += counts[j];
            if (expected < 10) continue;
            if (cells > 0) statistic += Term(lastExpected, lastObserved);
            (lastExpected, lastObserved) = (expected, observed);
            (expected, observed) = (0, 0);
            cells++;
        }

        // What is left over joins the last full cell.
        statistic += Term(lastExpected + expected, lastObserved + observed);
        return UpperTail((cells - 1) / 2.0, statistic / 2);
    }

    /// <summary>The regularised upper incomplete gamma function Q(a, x), a whole or half a whole number.</summary>
    private static double UpperTail(double a, double x)
    {
        // Q(a + 1, x) = Q(a, x) + x^a e^-x / Gamma(a + 1), from Q(1, x) = e^-x or Q(1/2, x) = erfc(sqrt x).
        var whole = a == Math.Floor(a);
        var sum = whole ? Math.Exp(-x) : 2 * NormalDistribution.Cdf(-Math.Sqrt(2 * x));
        var term = whole ? x * Math.Exp(-x) : Math.Sqrt(x / Math.PI) * 2 * Math.Exp(-x);
        for (var b = whole ? 1 : 0.5; b < a; b++)
        {
            sum += term;
            term *= x / (b + 1);
        }

        return sum;
    }

    private static double Term(double expected, double observed) =>
        (observed - expected) * (observed - expected) / expected;
}
