namespace FedMeta.Privacy;

/// <summary>
/// Renyi divergences of single mechanisms at one order, zero-out adjacency, sensitivity 1 and standard deviation z.
/// </summary>
public static class RenyiDp
{
    // Trapezoids a standard deviation; the error falls like exp(-2 pi^2 z^2 StepsPerUnit) and is far below 10^-12.
    private const double StepsPerDeviation = 40;
    private const double TailDeviations = 13;

    /// <summary>Gaussian noise: a/(2 z^2) (Mironov 2017, Proposition 7).</summary>
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
        if (samplingRate == 1) return Gaussian(order, noiseMultiplier);
        var logExcess = order == Math.Floor(order)
            ? LogMomentExcess((int)order, samplingRate, k => k * (k - 1.0) / (2 * noiseMultiplier * noiseMultiplier))
            : LogMomentExcess(order, samplingRate, noiseMultiplier);
        return RealFunctions.LogAdd(0, logExcess) / (order - 1);
    }

    /// <summary>
    /// Any mechanism on a secret Poisson sample, at whole orders: Zhu and Wang 2019, "Poisson Subsampled Renyi
    /// Differential Privacy", Theorem 5; the least of it and the divergence without sampling. Rigorous also for
    /// discrete noise.
    /// </summary>
    /// <param name="order">Whole, at least 2.</param>
    /// <param name="samplingRate">q in [0, 1].</param>
    /// <param name="divergence">The divergence of the mechanism at a whole order.</param>
    public static double PoissonSubsampled(int order, double samplingRate, Func<int, double> divergence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 2);
        CheckRate(samplingRate);
        ArgumentNullException.ThrowIfNull(divergence);
        if (samplingRate == 0) return 0;
        if (samplingRate == 1) return divergence(order);

        // (1-q)^(a-1) (aq - q + 1) + C(a,2) q^2 (1-q)^(a-2) e^R(2) + 3 sum over l = 3..a of C(a,l) (1-q)^(a-l) q^l
        // e^((l-1) R(l))
        var (logIn, logOut) = (Math.Log(samplingRate), RealFunctions.Log1P(-samplingRate));
        var sum = ((order - 1) * logOut) + Math.Log((order * samplingRate) - samplingRate + 1);
        var logBinomial = Math.Log(order);
        for (var l = 2; l <= order; l++)
        {
            logBinomial += Math.Log((order - l + 1.0) / l);
            var term = logBinomial + ((order - l) * logOut) + (l * logIn) + ((l - 1) * divergence(l));
            sum = RealFunctions.LogAdd(sum, l == 2 ? term : term + Math.Log(3));
        }

        return Math.Min(divergence(order), sum / (order - 1));
    }

    /// <summary>ln of sum over k = 2..a of C(a,k) (1-q)^(a-k) q^k (e^exponent(k) - 1): what the moment exceeds 1
    /// by.</summary>
    private static double LogMomentExcess(int order, double rate, Func<int, double> exponent)
    {
        var (logIn, logOut) = (Math.Log(rate), RealFunctions.Log1P(-rate));
        var sum = double.NegativeInfinity;
        var logBinomial = Math.Log(order);
        for (var k = 2; k <= order; k++)
        {
            logBinomial += Math.Log((order - k + 1.0) / k);
            var term = logBinomial + ((order - k) * logOut) + (k * logIn) + RealFunctions.LogExpM1(exponent(k));
            sum = RealFunctions.LogAdd(sum, term);
        }

        return sum;
    }

    /// <summary>
    /// ln of E[(1+y)^a - 1 - a y] with y = q (e^((2x-1)/(2 z^2)) - 1) and x from N(0, z^2). Since E[y] = 0 this is the
    /// excess of the moment over 1, and no term of it is negative. Trapezoids converge exponentially for such
    /// integrands.
    /// </summary>
    private static double LogMomentExcess(double order, double rate, double noise)
    {
        var step = Math.Min(noise, noise * noise) / StepsPerDeviation;
        var first = (long)Math.Floor(-TailDeviations * noise / step);
        var last = (long)Math.Ceiling((order + (TailDeviations * noise)) / step);
        var sum = double.NegativeInfinity;
        for (var j = first; j <= last; j++)
        {
            var x = j * step;
            var exponent = ((2 * x) - 1) / (2 * noise * noise);
            var term = LogConvexRemainder(order, rate, exponent) - (x * x / (2 * noise * noise));
            sum = RealFunctions.LogAdd(sum, term);
        }

        return sum + Math.Log(step / noise) - (0.5 * Math.Log(2 * Math.PI));
    }

    /// <summary>ln((1+y)^a - 1 - a y), y = q (e^t - 1), not negative inside for a &gt; 1.</summary>
    private static double LogConvexRemainder(double order, double rate, double t)
    {
        // ln(1 + y) = ln((1-q) + q e^t)
        var logMixture = RealFunctions.LogAdd(RealFunctions.Log1P(-rate), Math.Log(rate) + t);
        if (order * logMixture > 100) return order * logMixture;
        var y = rate * RealFunctions.ExpM1(t);
        if (Math.Abs(y) > 1e-3)
        {
            var remainder = RealFunctions.ExpM1(order * RealFunctions.Log1P(y)) - (order * y);
            return Math.Log(remainder);
        }

        // The binomial series from its square term; eight terms reach 10^-18 of the first.
        var coefficient = order * (order - 1) / 2;
        var power = 1.0;
        var series = 0.0;
        for (var k = 2; k < 12; k++)
        {
            series += coefficient * power;
            power *= y;
            coefficient *= (order - k) / (k + 1);
        }

        return y == 0 ? double.NegativeInfinity : Math.Log(series) + (2 * Math.Log(Math.Abs(y)));
    }

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
