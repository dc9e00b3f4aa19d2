namespace FedMeta.Learning;

/// <summary>Rules over the sorted values of one coordinate.</summary>
internal static class OrderStatistics
{
    // Weights are quotients that sum to 1 up to rounding; what is this near to one half is one half.
    private const double HalfTolerance = 1e-12;

    /// <summary>The value below and above which at most half of the weight lies; the middle of two such
    /// values.</summary>
    public static double Median(double[] ascending, double[] weights)
    {
        double below = 0;
        for (var i = 0; i < ascending.Length - 1; i++)
        {
            below += weights[i];
            if (Math.Abs(below - 0.5) <= HalfTolerance)
                return Middle(ascending[i], ascending[i + 1]);
            if (below > 0.5)
                return ascending[i];
        }

        return ascending[^1];
    }

    /// <summary>The weighted mean of what is left when <paramref name="trim"/> values go at either end.</summary>
    public static double TrimmedMean(double[] ascending, double[] weights, int trim)
    {
        double sum = 0, total = 0;
        for (var i = trim; i < ascending.Length - trim; i++)
        {
            sum += weights[i] * ascending[i];
            total += weights[i];
        }

        // Rounding must not carry the mean out of the range of what it is a mean of.
        return Math.Clamp(sum / total, ascending[trim], ascending[^(trim + 1)]);
    }

    // Halves first: the sum of two large values may overflow.
    private static double Middle(double low, double high) => (low / 2) + (high / 2);
}
