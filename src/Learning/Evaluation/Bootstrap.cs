namespace FedMeta.Learning;

/// <summary>Percentile intervals from seeded resampling of patients (Efron and Tibshirani 1993).</summary>
public static class Bootstrap
{
    /// <summary>Computes a measure on some rows, a row as often as it is named; null where undefined on them.</summary>
    public delegate double? RowMeasure(ReadOnlySpan<int> rows);

    internal delegate double?[] RowMeasures(ReadOnlySpan<int> rows);

    /// <summary>Resamples that are usual for so many patients: fewer where there are many, which vary less.</summary>
    public static int Usual(int patients) => patients <= 2000 ? 1000 : 200;

    /// <summary>The interval of <paramref name="measure"/>.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="strata">For every row its stratum; each keeps its size in every resample. All alike: a plain
    /// bootstrap.</param>
    /// <param name="seed">Same seed, same interval.</param>
    /// <param name="replicates">Resamples, 2 or more; null for <see cref="Usual"/>.</param>
    /// <param name="level">Coverage aimed at.</param>
    /// <returns>Null where the measure is undefined on the data or on more than half of the resamples, and where no
    /// resample differs: then the patients are too few to say anything.</returns>
    public static Interval? Percentile(
        RowMeasure measure, ReadOnlySpan<int> strata, ulong seed, int? replicates = null, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return Percentiles(rows => [measure(rows)], strata, seed, replicates, level)[0];
    }

    /// <summary>The intervals of several measures over the same resamples, each as
    /// <see cref="Percentile"/>.</summary>
    internal static Interval?[] Percentiles(
        RowMeasures measures, ReadOnlySpan<int> strata, ulong seed, int? replicates = null, double level = 0.95)
    {
        var draws = replicates ?? Usual(strata.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        var drawn = new int[strata.Length];
        for (var i = 0; i < drawn.Length; i++) drawn[i] = i;
        var whole = measures(drawn);
        if (Array.TrueForAll(whole, value => value is null)) return new Interval?[whole.Length];
        var groups = Groups(strata);
        var generator = new SeededGenerator(seed);
        var values = Array.ConvertAll(whole, _ => new List<double>(draws));
        for (var r = 0; r < draws; r++)
        {
            Resample(groups, generator, drawn);
            var one = measures(drawn);
            for (var i = 0; i < one.Length; i++)
                if (one[i] is { } value) values[i].Add(value);
        }

        return [.. values.Select((list, i) => whole[i] is null ? null : IntervalOf(list, draws, level))];
    }

    private static Interval? IntervalOf(List<double> values, int draws, double level) =>
        values.Count * 2 < draws || !values.Exists(v => v != values[0]) ? null : Middle(values, level);

    /// <summary>The middle <paramref name="level"/> of values, 1 or more; sorts them.</summary>
    internal static Interval Middle(List<double> values, double level = 0.95)
    {
        values.Sort();
        return new Interval(Quantile(values, (1 - level) / 2), Quantile(values, (1 + level) / 2));
    }

    /// <summary>Rows of equal stratum together, strata in rising order.</summary>
    internal static int[][] Groups(ReadOnlySpan<int> strata)
    {
        var labels = strata.ToArray();
        return [.. Enumerable.Range(0, labels.Length).GroupBy(i => labels[i]).OrderBy(g => g.Key)
            .Select(g => g.ToArray())];
    }

    /// <summary>As many rows as there are, drawn with replacement within each group.</summary>
    internal static void Resample(int[][] groups, SeededGenerator generator, Span<int> drawn)
    {
        var at = 0;
        foreach (var group in groups)
            for (var i = 0; i < group.Length; i++) drawn[at++] = group[generator.NextBelow(group.Length)];
    }

    private static double Quantile(List<double> sorted, double q)
    {
        var position = q * (sorted.Count - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
