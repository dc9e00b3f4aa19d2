namespace FedMeta.Privacy;

/// <summary>
/// Renyi divergences of the sampled Gaussian by quadrature, in both directions and at any order. With y = q
/// (e^((2x-1)/(2 z^2)) - 1) and x from N(0, z^2) the moments are E[(1+y)^a] and, in reverse, E[(1+y)^(1-a)]; since
/// E[y] = 0 both are 1 + E[(1+y)^b - 1 - b y], and that remainder is never negative for b &gt; 1 or b &lt; 0. The
/// trapezoid rule converges exponentially: the integrand is analytic up to |Im x| = pi z^2 and its error is below
/// 10^-30 of the moment (docs/proofs/accounting.md).
/// </summary>
internal static class SampledGaussianQuadrature
{
    // Trapezoids a unit of min(z, z^2).
    private const double StepsPerUnit = 10;
    private const double TailDeviations = 13;
    private const double SeriesBelow = 0.05;

    // So many evaluations take about a hundredth of a second; a noise that needs more hides nobody.
    private const double MostSteps = 1 << 17;

    /// <summary>Whether the integral takes at most 131,072 steps.</summary>
    public static bool IsFeasible(double order, double noise) =>
        (order + (2 * TailDeviations * noise)) / Step(noise) <= MostSteps;

    /// <summary>Of the sampled Gaussian from the plain one; the larger of the two.</summary>
    public static double Divergence(double order, double rate, double noise) =>
        RealFunctions.LogAdd(0, LogExcess(order, rate, noise, 0, order)) / (order - 1);

    /// <summary>Of the plain Gaussian from the sampled one.</summary>
    public static double ReverseDivergence(double order, double rate, double noise) =>
        RealFunctions.LogAdd(0, LogExcess(1 - order, rate, noise, 1 - order, 1)) / (order - 1);

    private static double Step(double noise) => Math.Min(noise, noise * noise) / StepsPerUnit;

    /// <summary>ln E[(1+y)^b - 1 - b y]; the integrand's peaks lie between the two ends.</summary>
    private static double LogExcess(double power, double rate, double noise, double low, double high)
    {
        var step = Step(noise);
        var first = (long)Math.Floor((low - (TailDeviations * noise)) / step);
        var last = (long)Math.Ceiling((high + (TailDeviations * noise)) / step);
        var sum = double.NegativeInfinity;
        for (var j = first; j <= last; j++)
        {
            var x = j * step;
            var deviations = x / noise;
            var term = LogRemainder(power, rate, (x - 0.5) / noise / noise) - (deviations * deviations / 2);
            sum = RealFunctions.LogAdd(sum, term);
        }

        return sum + Math.Log(step / noise) - (0.5 * Math.Log(2 * Math.PI));
    }

    /// <summary>ln((1+y)^b - 1 - b y), y = q (e^t - 1).</summary>
    private static double LogRemainder(double power, double rate, double t)
    {
        // ln(1 + y) = ln((1-q) + q e^t)
        var logMixture = RealFunctions.LogAdd(RealFunctions.Log1P(-rate), Math.Log(rate) + t);
        if (power * logMixture > 100) return power * logMixture;
        if (power < 0 && logMixture > 40) return Math.Log(-power) + logMixture;
        var y = t > 1 ? Math.Exp(Math.Log(rate) + t) - rate : rate * RealFunctions.ExpM1(t);
        if (Math.Max(1, Math.Abs(power)) * Math.Abs(y) > SeriesBelow)
            return Math.Log(RealFunctions.ExpM1(power * RealFunctions.Log1P(y)) - (power * y));

        // The binomial series from its square term; ten terms reach 10^-14 of the first.
        var coefficient = power * (power - 1) / 2;
        var (term, series) = (1.0, 0.0);
        for (var k = 2; k < 12; k++)
        {
            series += coefficient * term;
            term *= y;
            coefficient *= (power - k) / (k + 1);
        }

        return y == 0 ? double.NegativeInfinity : Math.Log(series) + (2 * Math.Log(Math.Abs(y)));
    }
}
