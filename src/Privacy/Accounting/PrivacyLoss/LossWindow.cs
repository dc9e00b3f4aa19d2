namespace FedMeta.Privacy;

/// <summary>The part of the sum's grid that is kept: a power of two of points, and what lies above them.</summary>
/// <param name="Low">Index of the first point.</param>
/// <param name="Count">How many points, a power of two.</param>
/// <param name="LogAbove">ln of a bound of the probability of a finite loss above the last point.</param>
internal readonly record struct LossWindow(long Low, int Count, double LogAbove)
{
    /// <exception cref="ArgumentException">It would need more than <see cref="LossGrid.MaxPoints"/> points.</exception>
    public static LossWindow Of(IReadOnlyList<(LossMass Loss, long Times)> parts, TiltSearch search, double order)
    {
        var interval = parts[0].Loss.Interval;
        var least = parts.Sum(part => (double)part.Loss.Low * part.Times);
        var most = parts.Sum(part => (double)part.Loss.High * part.Times);
        var (lowLoss, highLoss, raise) = search.Window(order);
        var low = Math.Max(least, Math.Floor(lowLoss / interval));
        var high = Math.Min(most, Math.Ceiling(highLoss / interval));
        LossGrid.Require(high - low + 1, interval);
        var count = 8;
        while (count < high - low + 1) count *= 2;

        // What is left over widens both ends.
        var top = (long)Math.Min(most, high + Math.Floor((count - (high - low + 1)) / 2));
        var above = double.NegativeInfinity;
        if (top < most)
        {
            // Chernoff: P[loss > top] <= E[e^(s loss)] e^(-s top).
            var raised = order + raise;
            above = parts.Sum(p => p.Times * p.Loss.LogMoment(raised)) - (raised * interval * (top + 1.0));
            above += parts.Sum(p => p.Times * (16 + (raised * p.Loss.Reach))) * 2.2e-16;
        }

        return new LossWindow(top - count + 1, count, above);
    }
}
