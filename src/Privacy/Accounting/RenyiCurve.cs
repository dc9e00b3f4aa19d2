namespace FedMeta.Privacy;

/// <summary>
/// Renyi differential privacy at a list of orders (Mironov 2017): composition adds, whatever the mechanisms, and one
/// conversion at the end. Conversions: Canonne, Kamath and Steinke 2020, Proposition 12.
/// </summary>
public sealed class RenyiCurve
{
    private RenyiCurve(IReadOnlyList<double> orders, double[] values)
    {
        Orders = orders;
        Values = values;
    }

    /// <summary>The orders, each above 1.</summary>
    public IReadOnlyList<double> Orders { get; }

    /// <summary>The divergence at each order.</summary>
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
            throw new ArgumentException("a divergence is negative", nameof(divergence));
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

    /// <summary>
    /// Least epsilon over the orders: R + ln(1 - 1/a) - ln(delta a)/(a - 1), or 0 where delta^2 + e^-R > 1 (Pinsker's
    /// inequality in Bretagnolle and Huber's form). Orders up to 1.01 are left out, where the term loses its digits.
    /// </summary>
    public double Epsilon(double delta)
    {
        if (!(delta is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(delta));
        var least = double.PositiveInfinity;
        for (var j = 0; j < Values.Count; j++)
        {
            var (order, value) = (Orders[j], Values[j]);
            if ((delta * delta) + RealFunctions.ExpM1(-value) > 0) return 0;
            if (order <= 1.01) continue;
            least = Math.Min(least, value + RealFunctions.Log1P(-1 / order) - (Math.Log(delta * order) / (order - 1)));
        }

        return Math.Max(0, least);
    }

    /// <summary>Least delta over the orders: exp((a - 1)(R - epsilon + ln(1 - 1/a)))/a, or sqrt(1 - e^-R).</summary>
    public double Delta(double epsilon)
    {
        if (!(epsilon >= 0)) throw new ArgumentOutOfRangeException(nameof(epsilon));
        var least = 0.0;
        for (var j = 0; j < Values.Count; j++)
        {
            var (order, value) = (Orders[j], Values[j]);
            least = Math.Min(least, 0.5 * Math.Log(-RealFunctions.ExpM1(-value)));
            if (order <= 1.01) continue;
            var log = ((order - 1) * (value - epsilon + RealFunctions.Log1P(-1 / order))) - Math.Log(order);
            least = Math.Min(least, log);
        }

        return Math.Exp(least);
    }

    /// <summary>The simple conversion R + ln(1/delta)/(a - 1) (Mironov 2017, Proposition 3).</summary>
    public double BasicEpsilon(double delta)
    {
        if (!(delta is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(delta));
        return Orders.Zip(Values, (order, value) => value - (Math.Log(delta) / (order - 1))).Min();
    }

    /// <summary>The simple conversion exp((a - 1)(R - epsilon)), at most 1.</summary>
    public double BasicDelta(double epsilon) =>
        Math.Exp(Math.Min(0, Orders.Zip(Values, (order, value) => (order - 1) * (value - epsilon)).Min()));
}
