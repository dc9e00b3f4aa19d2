namespace FedMeta.Privacy;

/// <summary>
/// Probabilities of one discrete Gaussian in floating point, for checks and reports; the sampler never uses them.
/// Canonne, Kamath and Steinke 2020, Definition 1 and Theorem 7; how exact the figures are: docs/proofs/sampler.md, The
/// laws.
/// </summary>
public static class DiscreteGaussianLaw
{
    // Beyond 40 standard deviations a tail is below 10^-340.
    private const double TailDeviations = 40;

    // Ten million deviations of the widest law: no floating-point number is as small as such a tail.
    private const double FurthestCentre = 1e12;

    /// <summary>exp(-x^2/(2 s^2)) over its sum: the probability of the integer x.</summary>
    /// <param name="x">Any integer.</param>
    /// <param name="variance">The parameter s^2, positive, at most 10^10.</param>
    public static double Probability(long x, double variance) => Of(variance)(x);

    /// <summary>The probabilities of all integers, for many of them: the normaliser is summed up once.</summary>
    /// <param name="variance">The parameter s^2, positive, at most 10^10.</param>
    public static Func<long, double> Of(double variance)
    {
        var normaliser = Normaliser(variance);
        return x => Unnormalised(x, variance) / normaliser;
    }

    /// <summary>
    /// The exact delta(epsilon) of one integer under this noise: P[X &gt; epsilon s^2/D - D/2] - e^epsilon P[X &gt;
    /// epsilon s^2/D + D/2].
    /// </summary>
    /// <param name="variance">The parameter s^2, positive, at most 10^10.</param>
    /// <param name="sensitivity">D, 1 to 2^20.</param>
    /// <param name="epsilon">Not negative.</param>
    public static double Delta(double variance, int sensitivity, double epsilon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sensitivity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sensitivity, 1 << 20);
        if (!(epsilon >= 0)) throw new ArgumentOutOfRangeException(nameof(epsilon));
        var normaliser = Normaliser(variance);
        var centre = epsilon * variance / sensitivity;
        if (centre > FurthestCentre) return 0;
        var last = (long)Math.Ceiling(centre + sensitivity + (TailDeviations * Math.Sqrt(variance)));
        var sum = 0.0;
        for (var x = (long)Math.Floor(centre - (sensitivity / 2.0)) + 1; x <= last; x++)
        {
            // P(x) - e^epsilon P(x + D): summed together, so that nothing cancels between two large tails.
            var shift = epsilon - (sensitivity * ((2.0 * x) + sensitivity) / (2 * variance));
            sum += Unnormalised(x, variance) * -RealFunctions.ExpM1(shift);
        }

        return sum / normaliser;
    }

    internal static double Unnormalised(long x, double variance) => Math.Exp(-(double)x * x / (2 * variance));

    internal static double Normaliser(double variance)
    {
        if (!(variance is > 0 and <= 1e10)) throw new ArgumentOutOfRangeException(nameof(variance));
        var sum = 0.0;
        for (var x = (long)(TailDeviations * Math.Sqrt(variance)) + 1; x > 0; x--) sum += Unnormalised(x, variance);
        return 1 + (2 * sum);
    }
}
