using System.Text.Json.Serialization;
using FedMeta.Learning;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>
/// One model over all hospitals, each hospital counting the same. Spread is the standard deviation over hospitals. A
/// hospital counts for the AUROC from two held-out patients of each class on: with one, it is the rank of that patient.
/// </summary>
internal sealed record ModelSummary(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("computed")] string Computed,
    [property: JsonPropertyName("accuracy")] MetricSummary Accuracy,
    [property: JsonPropertyName("auroc")] MetricSummary Auroc,
    [property: JsonPropertyName("log_loss")] MetricSummary LogLoss,
    [property: JsonPropertyName("ece")] MetricSummary CalibrationError)
{
    public static ModelSummary Of(string model, string computed, IReadOnlyList<SiteScores> sites)
    {
        MetricSummary Over(IEnumerable<SiteScores> of, Func<Score, double?> metric, Measure measure) =>
            MetricSummary.Of(measure,
                [.. of.Select(s => (s.Hospital, metric(s.Models.Single(m => m.Model == model))))]);
        return new ModelSummary(
            model,
            computed,
            Over(sites, s => s.Accuracy, Measure.Accuracy),
            Over(sites.Where(s => s.CanRank), s => s.Auroc, Measure.Auroc),
            Over(sites, s => s.LogLoss, Measure.Loss),
            Over(sites, s => s.CalibrationError, Measure.CalibrationError));
    }
}
