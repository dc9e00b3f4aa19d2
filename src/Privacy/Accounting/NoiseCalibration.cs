namespace FedMeta.Privacy;

/// <summary>
/// The least noise that meets a target, from the private end: whatever the accountant, the multiplier that comes out
/// was put into it and gave at most the target. See docs/proofs/accounting.md.
/// </summary>
public static class NoiseCalibration
{
    // From 2^-20 to 2^40: more noise than that hides everything there is to learn, less hides nobody.
    private const double Least = 1.0 / (1 << 20);
    private const double Most = 1L << 40;

    /// <summary>
    /// The least noise multiplier, up to a relative 10^-7, for which <paramref name="epsilon"/> gives at most <paramref
    /// name="target"/>; null where not even 2^40 does. Never below 2^-20.
    /// </summary>
    /// <param name="epsilon">An accountant's epsilon at a noise multiplier; must not rise with the noise. Not a number
    /// counts as too large.</param>
    /// <param name="target">Not negative.</param>
    public static double? LeastNoiseMultiplier(Func<double, double> epsilon, double target)
    {
        ArgumentNullException.ThrowIfNull(epsilon);
        if (!(target >= 0)) throw new ArgumentOutOfRangeException(nameof(target));
        var high = 1.0;
        while (!(epsilon(high) <= target))
        {
            if (high >= Most) return null;
            high *= 2;
        }

        var low = high / 2;
        while (low >= Least && epsilon(low) <= target) (low, high) = (low / 2, low);
        if (low < Least) return high;
        while (high / low > 1 + 1e-7)
        {
            var middle = Math.Sqrt(low * high);
            if (epsilon(middle) <= target) high = middle;
            else low = middle;
        }

        return high;
    }
}
