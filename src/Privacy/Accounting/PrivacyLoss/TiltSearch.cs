namespace FedMeta.Privacy;

/// <summary>
/// Chooses how to weight losses before they are convolved, and which of them to keep. Weighting by e^(order loss) puts
/// the middle of the sum where the question is, so that rounding and truncation are small beside the answer and not
/// beside 1. Every choice is sound; these are the tight ones, found with Chernoff's bound on coarse losses.
/// </summary>
internal sealed class TiltSearch(IReadOnlyList<(CoarseLoss Loss, long Times)> parts)
{
    /// <summary>Largest order times width of a grid: keeps e^(order loss) among the floating-point numbers.</summary>
    public const double MaxExponent = 600;

    // What may fall outside a window, of the tilted probability.
    private const double LogOutside = -32;
    private const int Steps = 60;

    private readonly double _most = MaxExponent / Math.Max(parts.Max(part => part.Loss.Width), 1e-9);

    /// <summary>The order at which Chernoff's bound gives the least epsilon for this delta.</summary>
    public double ForDelta(double delta)
    {
        var target = -Math.Log(delta);
        return Solve(order =>
        {
            var (cumulant, mean, _) = At(order);
            return (order * mean) - cumulant < target;
        });
    }

    /// <summary>The order at which the tilted mean is epsilon.</summary>
    public double ForEpsilon(double epsilon) =>
        At(0).Mean >= epsilon ? 0 : Solve(order => At(order).Mean < epsilon);

    /// <summary>Losses between which almost all of the tilted sum lies, and by how much the order is raised to show it
    /// at the upper end.</summary>
    public (double Low, double High, double Raise) Window(double order)
    {
        var (cumulant, mean, variance) = At(order);
        var (low, high, raise) = (double.NegativeInfinity, double.PositiveInfinity, 0.0);
        var usual = Math.Sqrt(-2 * LogOutside / Math.Max(variance, 1e-300));
        for (var factor = 1 / 16.0; factor <= 4; factor *= Math.Sqrt(2))
        {
            var up = Math.Min(factor * usual, _most - order);
            if (up > 0)
            {
                var end = (At(order + up).Cumulant - cumulant - LogOutside) / up;
                if (end < high) (high, raise) = (end, up);
            }

            var down = Math.Min(factor * usual, _most + order);
            if (down > 0) low = Math.Max(low, (cumulant - At(order - down).Cumulant + LogOutside) / down);
        }

        return (Math.Min(low, mean), Math.Max(high, mean), raise);
    }

    private (double Cumulant, double Mean, double Variance) At(double order)
    {
        var (cumulant, mean, variance) = (0.0, 0.0, 0.0);
        foreach (var (loss, times) in parts)
        {
            var one = loss.At(order);
            cumulant += times * one.Cumulant;
            mean += times * one.Mean;
            variance += times * one.Variance;
        }

        return (cumulant, mean, variance);
    }

    private double Solve(Func<double, bool> below)
    {
        var (low, high) = (0.0, _most);
        if (below(high)) return high;
        for (var step = 0; step < Steps && high - low > 1e-3 * high; step++)
        {
            // Orders spread over many magnitudes; above the first decades the middle is geometric.
            var middle = low == 0 ? high / 8 : Math.Sqrt(low * high);
            if (below(middle)) low = middle;
            else high = middle;
        }

        return low;
    }
}
