namespace FedMeta.Privacy;

/// <summary>The least noise for a target, by <see cref="PrivacyLossDistribution"/>; on the safe side of its bracket
/// (docs/proofs/accounting.md, Calibration; docs/proofs/privacy-loss.md).</summary>
public static class PrivacyLossCalibration
{
    private const double Precision = 1e-6;
    private const int MostSteps = 60;

    /// <summary>
    /// A noise multiplier z at which so many rounds are (epsilon, delta)-private, at most 10^-6 of itself above the
    /// least on this grid.
    /// </summary>
    /// <param name="epsilon">Positive and finite.</param>
    /// <param name="delta">Between 0 and 1, both excluded.</param>
    /// <param name="rounds">From 1.</param>
    /// <param name="samplingRate">q above 0 and at most 1; below 1 only for units whose taking part stays secret.
    /// </param>
    /// <param name="interval">The grid, from 10^-7 to 1.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or the target needs too many grid points or
    /// is finer than the grid.</exception>
    public static double NoiseMultiplier(double epsilon, double delta, int rounds, double samplingRate = 1,
        double interval = PrivacyLossDistribution.DefaultInterval)
    {
        if (!double.IsFinite(epsilon) || !(epsilon > 0))
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "positive and finite");
        if (!(delta is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(delta), delta, "between 0 and 1");
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        if (!(samplingRate is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(samplingRate), samplingRate, "above 0 and at most 1");

        // Without sampling the exact answer is known, and sampling never needs more; the grid may, a little.
        var high = Gaussian.NoiseMultiplier(epsilon, delta, rounds);
        for (var more = Precision; Epsilon(high) > epsilon; more *= 2)
        {
            if (more > 1) throw new ArgumentException($"epsilon {epsilon} is too small for a grid of {interval}");
            high *= 1 + more;
        }

        var low = high / 2;
        for (; Epsilon(low) <= epsilon; low /= 2) high = low;
        for (var step = 0; step < MostSteps && high > low * (1 + Precision); step++)
        {
            var middle = Math.Sqrt(low * high);
            if (Epsilon(middle) <= epsilon) high = middle;
            else low = middle;
        }

        return high;

        double Epsilon(double z) =>
            PrivacyLossDistribution.Gaussian(z, samplingRate, interval).Compose(rounds).Epsilon(delta);
    }
}
