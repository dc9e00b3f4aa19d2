namespace FedMeta.Learning;

/// <summary>Percentile intervals from seeded resampling of patients (Efron and Tibshirani 1993).</summary>
public static class Bootstrap
{
    /// <summary>Receives resampled predictions and labels; null where the measure is undefined on them.</summary>
    public delegate double? Measure(ReadOnlySpan<double> p, ReadOnlySpan<double> y);

    /// <summary>The interval of <paramref name="measure"/>.</summary>
    /// <param name="measure">For example <see cref="Metrics.Auroc"/>.</param>
    /// <param name="p">Predictions.</param>
    /// <param name="y">Labels.</param>
    /// <param name="seed">Same seed, same interval.</param>
    /// <param name="replicates">Resamples.</param>
    /// <param name="level">Coverage aimed at.</param>
    /// <returns>Null where the measure is undefined on the data, or on more than half of the resamples.</returns>
    public static Interval? Percentile(
        Measure measure, ReadOnlySpan<double> p, ReadOnlySpan<double> y, ulong seed, int replicates = 1000,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 2);
        if (measure(p, y) is null) return null;
        var generator = new SeededGenerator(seed);
        var (drawnP, drawnY) = (new double[p.Length], new double[p.Length]);
        var values = new List<double>(replicates);
        for (var r = 0; r < replicates; r++)
        {
            for (var i = 0; i < p.Length; i++)
            {
                var row = generator.NextBelow(p.Length);
                (drawnP[i], drawnY[i]) = (p[row], y[row]);
            }

            if (measure(drawnP, drawnY) is { } value) values.Add(value);
        }

        if (values.Count * 2 < replicates) return null;
        values.Sort();
        return new Interval(Quantile(values, (1 - level) / 2), Quantile(values, (1 + level) / 2));
    }

    private static double Quantile(List<double> sorted, double q)
    {
        var position = q * (sorted.Count - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
