using System.Runtime.CompilerServices;

namespace FedMeta.Privacy;

/// <summary>
/// The sum of independent losses in one direction, tilted and convolved by the Fourier transform: one real transform of
/// each kind of release, raised to its number of times, one transform back. What rounding and truncation can have done
/// is added (docs/proofs/privacy-loss.md), so that <see cref="Delta"/> and <see cref="Epsilon"/> are upper bounds.
/// </summary>
internal sealed class ComposedLoss
{
    // Leaves room for the rounding of the step between two grid points.
    private const double Margin = 1e-10;

    private readonly double _interval;
    private readonly double _order;
    private readonly double _logScale;
    private readonly double _infinity;
    private readonly long _low;

    // With t_l the tilted probabilities: the sum over l >= i of t_l e^(-order (l-i) h), and of the same times
    // 1 - e^(-(l-i) h).
    private readonly double[] _tail;
    private readonly double[] _gain;

    private ComposedLoss(double interval, double order, double logScale, double infinity, long low, double[] tilted)
    {
        (_interval, _order, _logScale, _infinity, _low) = (interval, order, logScale, infinity, low);
        (_tail, _gain) = Sums(tilted, order * interval, interval);
    }

    /// <summary>How many points were convolved.</summary>
    public int Points => _tail.Length;

    /// <summary>What was cut off and counts as an infinite loss.</summary>
    public double Lost => _infinity;

    /// <param name="parts">At least one release, on one grid.</param>
    /// <param name="order">How strongly to tilt, from 0.</param>
    /// <param name="search">Where to look for the window.</param>
    /// <exception cref="ArgumentException">The window would need too many points.</exception>
    public static ComposedLoss Of(
        IReadOnlyList<(LossMass Loss, long Times)> parts, double order, TiltSearch search)
    {
        var interval = parts[0].Loss.Interval;
        var infinity = Math.Min(1, parts.Sum(part => part.Times * part.Loss.Infinity) * (1 + 1e-12));
        if (parts is [(var only, 1)])
            return new ComposedLoss(interval, 0, Guard(only.Mass.Length), infinity, only.Low, only.Mass);

        var window = LossWindow.Of(parts, search, order);
        var convolution = new TiltedConvolution(window.Count);
        var logScale = Guard(window.Count);
        foreach (var (loss, times) in parts)
        {
            var cumulant = loss.LogMoment(order);
            convolution.Multiply(loss, times, order, cumulant);
            logScale += times * cumulant;

            // Each tilted probability is off by the rounding of its exponent.
            logScale += times * (16 + (order * loss.Reach) + Math.Abs(cumulant)) * 4.4e-16;
        }

        var (tilted, error) = convolution.Result();
        var start = parts.Sum(part => part.Times * part.Loss.Low);
        var shift = (int)((window.Low - start) & (window.Count - 1));
        var turned = new double[window.Count];
        for (var i = 0; i < turned.Length; i++)
            turned[i] = Math.Max(0, tilted[(i + shift) & (window.Count - 1)]) + error;
        return new ComposedLoss(
            interval, order, logScale, infinity + Math.Exp(window.LogAbove), window.Low, turned);
    }

    /// <summary>An upper bound of delta(epsilon).</summary>
    public double Delta(double epsilon)
    {
        var index = Math.Ceiling(epsilon / _interval) - _low;
        if (index >= _tail.Length) return Math.Min(1, _infinity);
        var i = (int)Math.Max(0, index);
        return Math.Min(1, Math.Exp(LogAt(i, ((i + _low) * _interval) - epsilon)) + _infinity);
    }

    /// <summary>The least epsilon on the curve whose delta is at most <paramref name="delta"/>; infinite where none
    /// is.</summary>
    public double Epsilon(double delta)
    {
        if (!(delta > _infinity)) return double.PositiveInfinity;
        var target = Math.Log((delta - _infinity) * (1 - 1e-15));
        var (fails, holds) = (-1, _tail.Length - 1);
        while (holds - fails > 1)
        {
            var middle = (fails + holds) / 2;
            if (LogAt(middle, 0) <= target) holds = middle;
            else fails = middle;
        }

        // Between two points delta is tail - (tail - gain) e^(-distance): solved, then tried.
        var end = (holds + _low) * _interval;
        if (holds == 0) return Math.Max(0, end);
        var level = Math.Exp(target - _logScale + (_order * end)) * (1 - Margin);
        var distance = level < _tail[holds]
            ? Math.Log((_tail[holds] - _gain[holds]) / (_tail[holds] - level))
            : _interval;
        distance = Math.Clamp(distance, 0, _interval);
        return Math.Max(0, LogAt(holds, distance) <= target ? end - distance : end);
    }

    /// <summary>ln delta at the given distance below point i.</summary>
    private double LogAt(int i, double distance)
    {
        var near = -RealFunctions.ExpM1(-distance);
        return _logScale - (_order * _interval * (i + _low)) + Math.Log(_gain[i] + (near * (_tail[i] - _gain[i])));
    }

    // ln of what sums over so many points, and the exponents around them, can be off by.
    private static double Guard(int points) => (points + 64) * 8.9e-16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double[] Tail, double[] Gain) Sums(double[] tilted, double tiltStep, double interval)
    {
        var (tail, gain) = (new double[tilted.Length], new double[tilted.Length]);
        var (fall, keep, lose) = (Math.Exp(-tiltStep), Math.Exp(-interval), -RealFunctions.ExpM1(-interval));
        var (above, gained) = (0.0, 0.0);
        for (var i = tilted.Length - 1; i >= 0; i--)
        {
            gained = fall * ((keep * gained) + (lose * above));
            above = (fall * above) + tilted[i];
            tail[i] = above;
            gain[i] = gained;
        }

        return (tail, gain);
    }
}
