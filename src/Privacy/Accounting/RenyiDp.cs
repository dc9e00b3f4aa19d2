namespace FedMeta.Privacy;

/// <summary>
/// Renyi divergences of single mechanisms at one order, for sensitivity 1 and standard deviation z; zero-out adjacency
/// unless said. Every value is an upper bound of the true divergence up to rounding; where a value would take too long
/// or overflows, a larger valid bound stands in its place, infinity at worst. Proofs: docs/proofs/accounting.md.
/// </summary>
public static class RenyiDp
{
    // Above this order the binomial sum is not worth its time: the divergence without sampling bounds it.
    private const double LargestSampledOrder = 1 << 21;

    // Next to 1 the moment is 1 up to rounding; a divergence rises with its order, so this one stands for those below.
    private const double LeastSampledOrder = 1.0001;

    /// <summary>Gaussian noise: a/(2 z^2) (Mironov 2017, Proposition 7).</summary>
    /// <param name="order">Above 1.</param>
    /// <param name="noiseMultiplier">z, positive.</param>
    public static double Gaussian(double order, double noiseMultiplier)
    {
        CheckOrder(order);
        CheckNoise(noiseMultiplier);
        return order / (2 * noiseMultiplier * noiseMultiplier);
    }

    /// <summary>
    /// The most that an (epsilon, 0)-private mechanism can have, reached by randomised response (Mironov 2017,
    /// Proposition 5): ln(p^a (1-p)^(1-a) + (1-p)^a p^(1-a))/(a - 1) with p = e^epsilon/(1 + e^epsilon). A mechanism
    /// that is (epsilon, delta)-private is one with this divergence but for a chance delta.
    /// </summary>
    public static double PureDp(double order, double epsilon)
    {
        CheckOrder(order);
        if (!(epsilon >= 0)) throw new ArgumentOutOfRangeException(nameof(epsilon));
        if (double.IsPositiveInfinity(epsilon)) return epsilon;
        var logYes = -RealFunctions.Log1P(Math.Exp(-epsilon));
        var logNo = logYes - epsilon;
        var sum = RealFunctions.LogAdd(
            (order * logYes) + ((1 - order) * logNo), (order * logNo) + ((1 - order) * logYes));
        return Math.Max(0, sum / (order - 1));
    }

    /// <summary>
    /// Gaussian noise on a secret Poisson sample of rate q: Mironov, Talwar and Zhang 2019, "Renyi Differential Privacy
    /// of the Sampled Gaussian Mechanism": the binomial sum at whole orders, their integral by quadrature in between.
    /// Only for patients inside a hospital: who takes part in a round is never secret among sites.
    /// </summary>
    /// <param name="order">Above 1.</param>
    /// <param name="samplingRate">q in [0, 1].</param>
    /// <param name="noiseMultiplier">z, positive.</param>
    public static double PoissonSubsampledGaussian(double order, double samplingRate, double noiseMultiplier)
    {
        CheckOrder(order);
        CheckRate(samplingRate);
        CheckNoise(noiseMultiplier);
        if (samplingRate == 0) return 0;
        if (samplingRate == 1 || order > LargestSampledOrder) return Gaussian(order, noiseMultiplier);
        order = Math.Max(order, LeastSampledOrder);
        if (order != Math.Floor(order))
        {
            if (SampledGaussianQuadrature.IsFeasible(order, noiseMultiplier))
                return SampledGaussianQuadrature.Divergence(order, samplingRate, noiseMultiplier);
            order = Math.Ceiling(order);
        }

        var logExcess = SampledMoment.LogExcess(
            (int)order,
            samplingRate,
            k => RealFunctions.LogExpM1(k / noiseMultiplier * ((k - 1) / noiseMultiplier) / 2));
        return RealFunctions.LogAdd(0, logExcess) / (order - 1);
    }

    /// <summary>
    /// The divergence in the other direction, of the plain Gaussian from the sampled one. It is never the larger
    /// (Mironov, Talwar and Zhang 2019, Theorem 5), so no claim needs it; checks hold that theorem against it.
    /// </summary>
    /// <inheritdoc cref="PoissonSubsampledGaussian" path="/param"/>
    public static double PoissonSubsampledGaussianReverse(double order, double samplingRate, double noiseMultiplier)
    {
        CheckOrder(order);
        CheckRate(samplingRate);
        CheckNoise(noiseMultiplier);
        if (samplingRate == 0) return 0;
        order = Math.Max(order, LeastSampledOrder);
        return samplingRate == 1 || order > LargestSampledOrder
            || !SampledGaussianQuadrature.IsFeasible(order, noiseMultiplier)
            ? Gaussian(order, noiseMultiplier)
            : SampledGaussianQuadrature.ReverseDivergence(order, samplingRate, noiseMultiplier);
    }

    /// <summary>
    /// Any mechanism on a secret Poisson sample, at whole orders: Zhu and Wang 2019, "Poisson Subsampled Renyi
    /// Differential Privacy", Theorem 5; the least of it and the divergence without sampling. Rigorous also for
    /// discrete noise.
    /// </summary>
    /// <param name="order">Whole, at least 2.</param>
    /// <param name="samplingRate">q in [0, 1].</param>
    /// <param name="divergence">The divergence of the mechanism at a whole order, not negative.</param>
    public static double PoissonSubsampled(int order, double samplingRate, Func<int, double> divergence) =>
        PoissonSubsampled(order, samplingRate, divergence, Math.Log(3));

    /// <summary>
    /// The same without the factor 3: Zhu and Wang 2019, Theorem 6. Holds only where the odd Pearson-Vajda divergences
    /// of the mechanism are not negative, as for Gaussian noise; it is not proved for discrete noise in many
    /// dimensions, so no budget may rest on it.
    /// </summary>
    /// <inheritdoc cref="PoissonSubsampled(int, double, Func{int, double})" path="/param"/>
    public static double PoissonSubsampledTight(int order, double samplingRate, Func<int, double> divergence) =>
        PoissonSubsampled(order, samplingRate, divergence, 0);

    /// <summary>
    /// Gaussian noise on a sample of fixed size without replacement, replace-one adjacency, z = standard deviation over
    /// replace-one sensitivity: Wang, Balle and Kasiviswanathan 2019, Theorem 27; between whole orders Corollary 10.
    /// For comparison: FedMeta samples by Poisson coins.
    /// </summary>
    /// <inheritdoc cref="PoissonSubsampledGaussian" path="/param"/>
    public static double FixedSizeSubsampledGaussian(double order, double samplingRate, double noiseMultiplier)
    {
        CheckOrder(order);
        CheckRate(samplingRate);
        CheckNoise(noiseMultiplier);
        if (samplingRate == 0) return 0;
        var whole = Gaussian(order, noiseMultiplier);
        if (samplingRate == 1 || order > LargestSampledOrder) return whole;
        return Math.Min(whole, FixedSizeSampling.LogMoment(order, samplingRate, noiseMultiplier) / (order - 1));
    }

    private static double PoissonSubsampled(
        int order, double samplingRate, Func<int, double> divergence, double logFactor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 2);
        CheckRate(samplingRate);
        ArgumentNullException.ThrowIfNull(divergence);
        if (samplingRate == 0) return 0;
        if (samplingRate == 1 || order > LargestSampledOrder) return Checked(divergence(order));

        // (1-q)^(a-1) (aq - q + 1) are the chances of 0 and 1; what the rest exceeds its chance by is summed:
        // C(a,2) q^2 (1-q)^(a-2) (e^R(2) - 1) + sum over l = 3..a of C(a,l) (1-q)^(a-l) q^l (3 e^((l-1) R(l)) - 1)
        var logExcess = SampledMoment.LogExcess(
            order,
            samplingRate,
            l => RealFunctions.LogExpM1(((l - 1) * Checked(divergence(l))) + (l == 2 ? 0 : logFactor)));
        return Math.Min(Checked(divergence(order)), RealFunctions.LogAdd(0, logExcess) / (order - 1));
    }

    private static double Checked(double divergence) => divergence >= 0
        ? divergence
        : throw new ArgumentOutOfRangeException(nameof(divergence), "a divergence is a number and not negative");

    private static void CheckOrder(double order)
    {
        if (!(order > 1) || !double.IsFinite(order)) throw new ArgumentOutOfRangeException(nameof(order));
    }

    private static void CheckNoise(double noiseMultiplier)
    {
        if (!(noiseMultiplier > 0)) throw new ArgumentOutOfRangeException(nameof(noiseMultiplier));
    }

    private static void CheckRate(double samplingRate)
    {
        if (!(samplingRate is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(samplingRate));
    }
}
