namespace FedMeta.Privacy;

/// <summary>
/// Renyi differential privacy at a list of orders (Mironov 2017): composition adds, whatever the mechanisms, and one
/// conversion at the end. Conversions: Canonne, Kamath and Steinke 2020, Proposition 12. See docs/proofs/accounting.md.
/// </summary>
public sealed class RenyiCurve
{
    private const double SmallestStableOrder = 1.01;

    private RenyiCurve(IReadOnlyList<double> orders, double[] values)
    {
        Orders = orders;
        Values = values;
    }

    /// <summary>The orders, each above 1.</summary>
    public IReadOnlyList<double> Orders { get; }

    /// <summary>The divergence at each order, not negative; infinity where nothing is known.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>The curve of one mechanism.</summary>
    /// <param name="orders">Orders above 1.</param>
    /// <param name="divergence">The divergence at an order, not negative.</param>
    public static RenyiCurve Of(IReadOnlyList<double> orders, Func<double, double> divergence)
    {
        ArgumentNullException.ThrowIfNull(orders);
        ArgumentNullException.ThrowIfNull(divergence);
        if (orders.Count == 0 || orders.Any(order => !(order > 1) || !double.IsFinite(order)))
            throw new ArgumentException("orders are finite and above 1", nameof(orders));
        var values = orders.Select(divergence).ToArray();
        if (values.Any(value => !(value >= 0)))
            throw new ArgumentException("a divergence is negative or no number", nameof(divergence));
        return new RenyiCurve(orders, values);
    }

    /// <summary>The same mechanism <paramref name="times"/> times.</summary>
    public RenyiCurve Repeated(int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        return new RenyiCurve(Orders, [.. Values.Select(value => times == 0 ? 0 : times * value)]);
    }

    /// <summary>Both mechanisms, one after the other; the second may depend on what the first gave out.</summary>
    public RenyiCurve With(RenyiCurve other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Orders.SequenceEqual(other.Orders)) throw new ArgumentException("the orders differ", nameof(other));
        return new RenyiCurve(Orders, [.. Values.Zip(other.Values, (a, b) => a + b)]);
    }

    /// <summary>The curve at one of its orders alone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The curve does not have the order.</exception>
    public RenyiCurve Only(double order)
    {
        for (var j = 0; j < Orders.Count; j++)
        {
            if (Orders[j] == order) return new RenyiCurve([order], [Values[j]]);
        }

        throw new ArgumentOutOfRangeException(nameof(order), "the curve does not have this order");
    }

    /// <summary>
    /// Least epsilon over the orders: R + ln(1 - 1/a) - ln(delta a)/(a - 1), or 0 where delta^2 + e^-R &gt; 1
    /// (Pinsker's inequality in Bretagnolle and Huber's form). Never negative; infinity where no order gives a bound.
    /// Orders up to 1.01 are left out, where the term loses its digits.
    /// </summary>
    /// <param name="delta">In (0, 1).</param>
    public double Epsilon(double delta) => BestEpsilon(delta).Value;

    /// <summary><see cref="Epsilon"/> and the order that gives it.</summary>
    public RenyiBound BestEpsilon(double delta)
    {
        CheckDelta(delta);
        var best = Least((order, value) => (delta * delta) + RealFunctions.ExpM1(-value) > 0 ? 0
            : order <= SmallestStableOrder ? double.PositiveInfinity
            : value + RealFunctions.Log1P(-1 / order) - (Math.Log(delta * order) / (order - 1)));
        return best with { Value = Math.Max(0, best.Value) };
    }

    /// <summary>Least delta over the orders: exp((a - 1)(R - epsilon + ln(1 - 1/a)))/a, or sqrt(1 - e^-R); at most
    /// 1.</summary>
    /// <param name="epsilon">Not negative.</param>
    public double Delta(double epsilon) => BestDelta(epsilon).Value;

    /// <summary><see cref="Delta"/> and the order that gives it.</summary>
    public RenyiBound BestDelta(double epsilon)
    {
        CheckEpsilon(epsilon);
        var best = Least((order, value) =>
        {
            var log = 0.5 * Math.Log(-RealFunctions.ExpM1(-value));
            if (order <= SmallestStableOrder || double.IsPositiveInfinity(value)) return log;
            return Math.Min(
                log, ((order - 1) * (value - epsilon + RealFunctions.Log1P(-1 / order))) - Math.Log(order));
        });
        return best with { Value = Math.Exp(Math.Min(0, best.Value)) };
    }

    /// <summary>The simple conversion R + ln(1/delta)/(a - 1) (Mironov 2017, Proposition 3).</summary>
    /// <param name="delta">In (0, 1).</param>
    public double BasicEpsilon(double delta) => BestBasicEpsilon(delta).Value;

    /// <summary><see cref="BasicEpsilon"/> and the order that gives it.</summary>
    public RenyiBound BestBasicEpsilon(double delta)
    {
        CheckDelta(delta);
        return Least((order, value) => value - (Math.Log(delta) / (order - 1)));
    }

    /// <summary>The simple conversion exp((a - 1)(R - epsilon)), at most 1.</summary>
    /// <param name="epsilon">Not negative.</param>
    public double BasicDelta(double epsilon)
    {
        CheckEpsilon(epsilon);
        var least = Least((order, value) => double.IsPositiveInfinity(value) ? value : (order - 1) * (value - epsilon));
        return Math.Exp(Math.Min(0, least.Value));
    }

    private RenyiBound Least(Func<double, double, double> bound)
    {
        var best = new RenyiBound(double.PositiveInfinity, Orders[0]);
        for (var j = 0; j < Values.Count; j++)
        {
            var value = bound(Orders[j], Values[j]);
            if (value < best.Value) best = new RenyiBound(value, Orders[j]);
        }

        return best;
    }

    private static void CheckDelta(double delta)
    {
        if (!(delta is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(delta));
    }

    private static void CheckEpsilon(double epsilon)
    {
        if (!(epsilon >= 0)) throw new ArgumentOutOfRangeException(nameof(epsilon));
    }
}
