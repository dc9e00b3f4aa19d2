namespace FedMeta.Privacy;

/// <summary>
/// Conversions between zero-concentrated privacy (rho) and (epsilon, delta): Canonne, Kamath and Steinke 2020,
/// "The Discrete Gaussian for Differential Privacy", Proposition 12 and Corollary 13; the basic ones are Bun and
/// Steinke 2016, Proposition 1.3. Every order a &gt; 1 gives a valid bound, so a search that misses the best order errs
/// towards caution. See docs/proofs/noise-shares.md.
/// </summary>
public static class ZeroConcentratedDp
{
    /// <summary>Least epsilon &gt;= 0 that rho and delta prove: min over a of a rho + (a ln(1-1/a) - ln(delta
    /// (a-1)))/(a-1).</summary>
    /// <param name="rho">Cost, finite and not negative.</param>
    /// <param name="delta">In (0, 1).</param>
    public static double Epsilon(double rho, double delta)
    {
        CheckRho(rho);
        CheckDelta(delta);
        if (rho == 0) return 0;
        var logDelta = Math.Log(delta);
        var least = GoldenSection.Minimum(
            x =>
            {
                var a = Math.Exp(x);
                return ((1 + a) * rho) + ((LogOrderTerm(a) - logDelta) / a);
            },
            -15,
            80);
        return Math.Max(0, least);
    }

    /// <summary>Least delta that rho and epsilon prove, at most 1.</summary>
    /// <param name="rho">Cost, finite and not negative.</param>
    /// <param name="epsilon">Not negative.</param>
    public static double Delta(double rho, double epsilon)
    {
        CheckRho(rho);
        if (!(epsilon >= 0)) throw new ArgumentOutOfRangeException(nameof(epsilon));
        if (rho == 0 || double.IsPositiveInfinity(epsilon)) return 0;
        var logDelta = GoldenSection.Minimum(
            x =>
            {
                var a = Math.Exp(x);
                return (a * (((1 + a) * rho) - epsilon)) + LogOrderTerm(a);
            },
            -15,
            80);
        return Math.Exp(Math.Min(0, logDelta));
    }

    /// <summary>The simple bound rho + 2 sqrt(rho ln(1/delta)).</summary>
    public static double BasicEpsilon(double rho, double delta)
    {
        CheckRho(rho);
        CheckDelta(delta);
        return rho + (2 * Math.Sqrt(-rho * Math.Log(delta)));
    }

    /// <summary>The simple bound exp(-(epsilon - rho)^2/(4 rho)), or 1 where epsilon &lt;= rho.</summary>
    public static double BasicDelta(double rho, double epsilon)
    {
        CheckRho(rho);
        if (!(epsilon >= 0)) throw new ArgumentOutOfRangeException(nameof(epsilon));
        if (rho == 0) return 0;
        if (epsilon <= rho) return 1;
        return Math.Exp(-(epsilon - rho) * ((epsilon - rho) / 4 / rho));
    }

    /// <summary>
    /// The largest rho, rounded down to a unit, that the orders a = 1 + k 2^-20 prove to be (epsilon, delta)-private.
    /// All in whole numbers: equal arguments give equal units on every machine, and the result is never too large.
    /// </summary>
    /// <param name="epsilon">Positive and finite.</param>
    /// <param name="delta">In (0, 1).</param>
    public static Rho LargestRho(double epsilon, double delta) =>
        BudgetOrder.Best(epsilon, delta).Limit(epsilon, delta);

    /// <summary>
    /// The largest power that rho proves for any test with so many false positives. Seen through a test's answer the
    /// divergence of order a is not larger, in either direction; with the best order for each that is p &lt;=
    /// exp(-(sqrt(ln(1/f)) - sqrt(rho))^2) where ln(1/f) &gt; rho, and 1 - p &gt;= exp(-(sqrt(ln(1/(1-f))) +
    /// sqrt(rho))^2) always (docs/proofs/noise-shares.md, Tests).
    /// </summary>
    /// <param name="rho">Cost, finite and not negative.</param>
    /// <param name="falsePositiveRate">f, in (0, 1).</param>
    public static double TestPower(double rho, double falsePositiveRate)
    {
        CheckRho(rho);
        if (!(falsePositiveRate is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(falsePositiveRate));
        if (rho == 0) return falsePositiveRate;
        var root = Math.Sqrt(rho);
        var forth = Math.Sqrt(-Math.Log(falsePositiveRate)) - root;
        var back = Math.Sqrt(-RealFunctions.Log1P(-falsePositiveRate)) + root;
        return Math.Min(forth > 0 ? Math.Exp(-forth * forth) : 1, -RealFunctions.ExpM1(-back * back));
    }

    /// <summary>(a) ln(1 - 1/a) - ln(a - 1) at a = 1 + excess, written without cancellation for large orders.</summary>
    private static double LogOrderTerm(double excess)
    {
        var order = 1 + excess;
        return (-order * RealFunctions.Log1P(1 / excess)) - Math.Log(excess);
    }

    private static void CheckRho(double rho)
    {
        if (!double.IsFinite(rho) || rho < 0) throw new ArgumentOutOfRangeException(nameof(rho));
    }

    private static void CheckDelta(double delta)
    {
        if (!(delta is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(delta));
    }
}
