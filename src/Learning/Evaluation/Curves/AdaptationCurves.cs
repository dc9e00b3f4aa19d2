namespace FedMeta.Learning;

/// <summary>
/// What a new hospital wants to know before it labels patients: how good the shared model is with k of them, by which
/// way and how many steps (learning.md c.3). Patients are drawn from the site's training fold, the first k of one
/// order per draw, the same for every way; the test fold judges and is never learned from.
/// </summary>
public static class AdaptationCurves
{
    /// <summary>The curves of a shared model at one site, by <see cref="AdaptationWays.Usual"/>.</summary>
    /// <param name="model">The loss.</param>
    /// <param name="theta">The shared parameters.</param>
    /// <param name="rates">Inner rate per coordinate (<see cref="IMetaAlgorithm{T}.InnerRates"/>).</param>
    /// <param name="site">Patients to draw from, and patients who judge.</param>
    /// <param name="settings">Numbers of patients, draws, seed.</param>
    /// <param name="adaptation">Steps, guard and folds; null for the usual ones with the seed of
    /// <paramref name="settings"/>.</param>
    public static IReadOnlyList<AdaptationCurve> Draw(
        IModel<double> model, double[] theta, double[] rates, Site site, CurveSettings settings,
        AdaptationSettings? adaptation = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var guard = adaptation ?? new AdaptationSettings(Seed: settings.Seed);
        return Draw(model, AdaptationWays.Usual(model, theta, rates, guard), site, settings);
    }

    /// <summary>One curve for each way.</summary>
    /// <exception cref="ArgumentException">The site has nobody to judge on.</exception>
    public static IReadOnlyList<AdaptationCurve> Draw(
        IModel<double> model, IReadOnlyList<AdaptationWay> ways, Site site, CurveSettings settings)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(ways);
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Draws);
        var all = site.Train.Count;
        int[] counts = [.. settings.Patients.Where(k => k >= 0 && k < all).Distinct().Order(), all];
        var orders = Enumerable.Range(0, settings.Draws)
            .Select(draw => new SeededGenerator(SeededGenerator.Derive(settings.Seed, (ulong)draw)).Permutation(all))
            .ToList();
        return [.. ways.Select(way => new AdaptationCurve(way.Name,
            [.. counts.Select(k => Point(model, way, site, k, orders, settings)).OfType<CurvePoint>()]))];
    }

    private static CurvePoint? Point(
        IModel<double> model, AdaptationWay way, Site site, int k, List<int[]> orders, CurveSettings settings)
    {
        List<Judgement> judged;
        if (k == 0)
        {
            if (way.Unadapted is null) return null;
            judged = [Judgement.Of(model, way.Unadapted, site.Test)];
        }
        else if (k == site.Train.Count) judged = [Judgement.Of(model, way.Adapt(site.Train), site.Test)];
        else
        {
            judged =
            [
                .. orders.AsParallel().AsOrdered().Select(order =>
                    Judgement.Of(model, way.Adapt(site.Train.Select(order.AsSpan(0, k))), site.Test)),
            ];
        }

        var seed = SeededGenerator.Derive(settings.Seed, 0x6375727665UL + (ulong)k);
        return new CurvePoint(k, judged.Count,
            Value(Measure.Loss, judged, seed, settings.Resamples)!,
            Value(Measures.Ranking(model.Spec.Loss), judged, seed, settings.Resamples),
            Value(Measure.CalibrationError, judged, seed, settings.Resamples));
    }

    private static CurveValue? Value(Measure measure, List<Judgement> judged, ulong seed, int resamples)
    {
        var values = judged.Select(j => j.Value(measure)).ToList();
        if (values.Exists(v => v is null)) return null;
        var interval = measure == Measure.CalibrationError ? null : Resampled(measure, judged, seed, resamples);
        return new CurveValue(
            values.Average()!.Value, values.Min()!.Value, values.Max()!.Value, interval);
    }

    /// <summary>Each resample takes one of the draws at random and judged patients with replacement.</summary>
    private static Interval? Resampled(Measure measure, List<Judgement> judged, ulong seed, int resamples)
    {
        var generator = new SeededGenerator(seed);
        var groups = Bootstrap.Groups(judged[0].Strata(measure));
        var drawn = new int[judged[0].Patients];
        var values = new List<double>(resamples);
        for (var r = 0; r < resamples; r++)
        {
            var one = judged[generator.NextBelow(judged.Count)];
            Bootstrap.Resample(groups, generator, drawn);
            if (one.Value(measure, drawn) is { } value) values.Add(value);
        }

        return values.Count * 2 < resamples || !values.Exists(v => v != values[0]) ? null : Bootstrap.Middle(values);
    }
}
