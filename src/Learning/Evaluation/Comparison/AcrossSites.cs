namespace FedMeta.Learning;

/// <summary>One measure of one model over sites, each counting the same; to be shown beside the sites.</summary>
/// <param name="Measure">Which.</param>
/// <param name="Mean">Mean over the sites where it is defined; null where there is none.</param>
/// <param name="Sites">How many sites that is.</param>
/// <param name="Worst">The worst site's value.</param>
/// <param name="WorstSite">Which site.</param>
/// <param name="Spread">Standard deviation over the sites; null below two.</param>
public sealed record AcrossSites(
    Measure Measure, double? Mean, int Sites, double? Worst, string? WorstSite, double? Spread)
{
    /// <summary>
    /// Summarises. A site counts for a ranking measure from two patients of each outcome on: with one, the value is
    /// where one patient stands.
    /// </summary>
    public static AcrossSites Of(Measure measure, IReadOnlyList<(string Site, Evaluation Evaluation)> sites)
    {
        ArgumentNullException.ThrowIfNull(sites);
        return Of(measure, [.. sites.Select(s => (s.Site, Counts(measure, s.Evaluation)
            ? s.Evaluation.Value(measure) : null))]);
    }

    /// <summary>Summarises values; null where undefined at that site.</summary>
    public static AcrossSites Of(Measure measure, IReadOnlyList<(string Site, double? Value)> sites)
    {
        ArgumentNullException.ThrowIfNull(sites);
        var defined = sites.Where(s => s.Value is not null).Select(s => (s.Site, Value: s.Value!.Value)).ToList();
        if (defined.Count == 0) return new AcrossSites(measure, null, 0, null, null, null);
        var mean = defined.Average(s => s.Value);
        var worst = defined.MaxBy(s => Measures.Badness(measure, s.Value));
        double? spread = defined.Count < 2 ? null
            : Math.Sqrt(defined.Sum(s => (s.Value - mean) * (s.Value - mean)) / (defined.Count - 1));
        return new AcrossSites(measure, mean, defined.Count, worst.Value, worst.Site, spread);
    }

    private static bool Counts(Measure measure, Evaluation e) =>
        measure is not (Measure.Auroc or Measure.Concordance)
        || e.Positives is not { } positives
        || (positives >= 2 && (e.Concordance is not null || e.Patients - positives >= 2));
}
