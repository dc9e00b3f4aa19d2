namespace FedMeta.Learning;

/// <summary>
/// How much of the known noise a second moment has gathered, step by step, each step with the variance of its own
/// noise: what an adaptive optimiser has to take out of v again.
/// </summary>
internal static class GatheredNoise
{
    private const double GammaOfFiveHalves = 1.3293403881791370;

    /// <summary>An average v = beta v + (1 - beta) g²: the expected square of the noise gathers as v does.</summary>
    public static double InAverage(double gathered, double beta, double variance) =>
        (beta * gathered) + ((1 - beta) * variance);

    /// <summary>A sum v += g² takes every step's.</summary>
    public static double InSum(double gathered, double variance) => gathered + variance;

    /// <summary>
    /// Yogi's v -= (1 - beta) g² sign(v - g²) follows no average: under normal noise of variance s² alone, its expected
    /// step at v = w s² is (1 - beta) s² (1 - 2 F(w)), F being the distribution of chi-square with three degrees of
    /// freedom (g²/s² has one; weighting by itself gives two more), so that v settles at 2.366 s² and not at s².
    /// </summary>
    public static double InYogi(double gathered, double beta, double variance) => variance == 0
        ? gathered
        : gathered + ((1 - beta) * variance * (1 - (2 * ChiSquareThree(gathered / variance))));

    /// <summary>P(3/2, w/2), the regularised incomplete gamma function, by its ascending series.</summary>
    internal static double ChiSquareThree(double w)
    {
        var x = w / 2;
        if (x <= 0) return 0;
        if (x > 40) return 1;
        double term = 1, sum = 1;
        for (var n = 1; term > 1e-17 * sum; n++)
        {
            term *= x / (1.5 + n);
            sum += term;
        }

        return Math.Min(1, x * Math.Sqrt(x) * ElementaryFunctions.Exp(-x) / GammaOfFiveHalves * sum);
    }
}
