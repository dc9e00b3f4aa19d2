namespace FedMeta.SecureAgg;

/// <summary>How many marked ones are among <c>drawn</c> of a population, drawn without replacement. Every probability
/// is a product of at most <c>drawn</c> ratios, whose logarithms are summed: nothing large cancels, as it would between
/// logarithms of factorials, and nothing underflows.</summary>
internal static class Hypergeometric
{
    /// <summary>Greater than the relative rounding error of any probability here, for populations up to 2^17: at most
    /// 2^18 steps, each off by at most 2^-53 of a logarithm whose size is below 2^21, is below 2^-13.</summary>
    public const double RoundingMargin = 1.0 / 4096;

    /// <summary>The logarithm of the probability that all drawn are marked; minus infinity where too few
    /// are.</summary>
    /// <param name="population">All, at least <paramref name="marked"/> and <paramref name="drawn"/>.</param>
    /// <param name="marked">Marked ones, from 0.</param>
    /// <param name="drawn">Drawn ones, from 0.</param>
    public static double LogAllMarked(int population, int marked, int drawn)
    {
        if (drawn > marked) return double.NegativeInfinity;
        var log = 0.0;
        for (var i = 0; i < drawn; i++) log += Math.Log((double)(marked - i) / (population - i));
        return log;
    }

    /// <summary>The least x such that more than x marked ones are drawn with a probability below
    /// <paramref name="probability"/>; rounding errors can only make it greater.</summary>
    /// <param name="population">All, at least <paramref name="marked"/> and <paramref name="drawn"/>.</param>
    /// <param name="marked">Marked ones, from 0.</param>
    /// <param name="drawn">Drawn ones, from 0.</param>
    /// <param name="probability">Above 0, below 1.</param>
    public static int UpperQuantile(int population, int marked, int drawn, double probability)
    {
        var most = Math.Min(marked, drawn);
        var least = Math.Max(0, marked + drawn - population);
        var allowed = probability * (1 - RoundingMargin);

        // Most marked ones: the smaller of the two sets lies within the larger one.
        var log = LogAllMarked(population, Math.Max(marked, drawn), most);
        var tail = 0.0;
        for (var x = most; x > least; x--)
        {
            tail += Math.Exp(log);
            if (tail >= allowed) return x;
            log += Math.Log(
                (double)x * (population - marked - drawn + x) / ((double)(marked - x + 1) * (drawn - x + 1)));
        }

        return least;
    }
}
