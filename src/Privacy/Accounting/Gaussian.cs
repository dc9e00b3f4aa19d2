namespace FedMeta.Privacy;

/// <summary>
/// The exact privacy of Gaussian noise: Balle and Wang 2018, "Improving the Gaussian Mechanism for Differential
/// Privacy", Theorem 8, in the parameter mu = sensitivity/standard deviation (Dong, Roth and Su 2022). Rounds compose
/// to mu^2 = sum of 1/z^2. Exact for continuous noise; discrete Gaussian shares follow it up to tau and lattice
/// effects, so claims rest on <see cref="ZeroConcentratedDp"/> and this curve is reported beside them
/// (docs/proofs/noise-shares.md).
/// </summary>
public static class Gaussian
{
    // Below this mu the difference of two Mills ratios cancels and its derivative is integrated instead.
    private const double QuadratureBelow = 0.5;

    // Its square is still a number; epsilon would be about mu^2/2.
    private const double LargestMu = 1e150;

    private const double LogRootTwoPi = 0.91893853320467274178;

    private static readonly (double Node, double Weight)[] Rule = GaussLegendre(24);

    /// <summary>delta(epsilon) = Phi(mu/2 - epsilon/mu) - e^epsilon Phi(-mu/2 - epsilon/mu).</summary>
    /// <param name="mu">Not negative.</param>
    /// <param name="epsilon">Not negative.</param>
    public static double Delta(double mu, double epsilon) => Math.Exp(LogDelta(mu, epsilon));

    /// <summary>ln delta(epsilon), also where delta is below the least floating-point number; minus infinity for mu
    /// 0.</summary>
    public static double LogDelta(double mu, double epsilon)
    {
        if (!double.IsFinite(mu) || mu < 0) throw new ArgumentOutOfRangeException(nameof(mu));
        if (!double.IsFinite(epsilon) || epsilon < 0) throw new ArgumentOutOfRangeException(nameof(epsilon));
        if (mu == 0) return double.NegativeInfinity;

        // With x = epsilon/mu - mu/2: e^epsilon phi(x + mu) = phi(x), so delta = phi(x) (M(x) - M(x + mu)).
        var x = (epsilon / mu) - (mu / 2);
        var density = (-x * x / 2) - LogRootTwoPi;
        if (mu < QuadratureBelow) return density + Math.Log(MillsDifference(x, mu));
        if (x >= 0)
        {
            return density + Math.Log(NormalDistribution.MillsRatio(x) - NormalDistribution.MillsRatio(x + mu));
        }

        var both = NormalDistribution.MillsRatio(-x) + NormalDistribution.MillsRatio(x + mu);
        return RealFunctions.Log1P(-Math.Exp(density) * both);
    }

    /// <summary>The least epsilon &gt;= 0 with delta(epsilon) at most <paramref name="delta"/>; the upper end of its
    /// bracket, and infinity where mu is so large that no number serves.</summary>
    public static double Epsilon(double mu, double delta)
    {
        CheckDelta(delta);
        if (mu > LargestMu) return double.PositiveInfinity;
        var target = Math.Log(delta);
        if (LogDelta(mu, 0) <= target) return 0;
        var high = 1.0;
        while (LogDelta(mu, high) > target) high *= 2;
        return Bisect(high == 1 ? 0 : high / 2, high, epsilon => LogDelta(mu, epsilon) <= target).Holds;
    }

    /// <summary>The largest mu that is (epsilon, delta)-private; the lower end of its bracket.</summary>
    public static double Mu(double epsilon, double delta)
    {
        CheckDelta(delta);
        var target = Math.Log(delta);
        var high = 1.0;
        while (high <= LargestMu && LogDelta(high, epsilon) <= target) high *= 2;
        return Bisect(0, high, mu => LogDelta(mu, epsilon) > target).Fails;
    }

    /// <summary>The least noise multiplier z of each of <paramref name="rounds"/> rounds that together are (epsilon,
    /// delta)-private: from the private end, <see cref="Epsilon"/> of it is at most the target.</summary>
    public static double NoiseMultiplier(double epsilon, double delta, int rounds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        var multiplier = Math.Sqrt(rounds) / Mu(epsilon, delta);

        // The root and the quotient are rounded; a few units in the last place more make up for it.
        while (Epsilon(Math.Sqrt(rounds) / multiplier, delta) > epsilon) multiplier *= 1 + Math.ScaleB(1, -50);
        return multiplier;
    }

    /// <summary>mu of independent rounds with the given noise multipliers: sqrt(sum 1/z^2).</summary>
    public static double Compose(IEnumerable<double> noiseMultipliers)
    {
        ArgumentNullException.ThrowIfNull(noiseMultipliers);
        return Math.Sqrt(noiseMultipliers.Sum(z => z > 0
            ? 1 / z / z
            : throw new ArgumentOutOfRangeException(nameof(noiseMultipliers), "a noise multiplier is positive")));
    }

    private static (double Fails, double Holds) Bisect(double low, double high, Func<double, bool> holds)
    {
        while (true)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high) return (low, high);
            if (holds(middle)) high = middle;
            else low = middle;
        }
    }

    /// <summary>M(x) - M(x + width) as the integral of 1 - t M(t).</summary>
    private static double MillsDifference(double x, double width)
    {
        var sum = 0.0;
        foreach (var (node, weight) in Rule) sum += weight * NormalDistribution.MillsSlope(x + (width * node));
        return width * sum;
    }

    /// <summary>Nodes and weights on [0, 1], by Newton's iteration on the Legendre polynomial.</summary>
    private static (double Node, double Weight)[] GaussLegendre(int count)
    {
        var rule = new (double, double)[count];
        for (var j = 0; j < count; j++)
        {
            var x = Math.Cos(Math.PI * (j + 0.75) / (count + 0.5));
            double slope = 0;
            for (var step = 0; step < 20; step++)
            {
                double previous = 1;
                var value = x;
                for (var k = 2; k <= count; k++)
                    (previous, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * previous)) / k);
                slope = count * ((x * value) - previous) / ((x * x) - 1);
                x -= value / slope;
            }

            rule[j] = ((1 - x) / 2, 1 / ((1 - (x * x)) * slope * slope));
        }

        return rule;
    }

    private static void CheckDelta(double delta)
    {
        if (!(delta is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(delta));
    }
}
