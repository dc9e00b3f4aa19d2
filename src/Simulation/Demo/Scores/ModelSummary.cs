using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>
/// One model over all hospitals, each hospital counting the same. Spread is the standard deviation over hospitals.
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
        var rows = sites.Select(s => (s.Hospital, Score: s.Models.Single(m => m.Model == model))).ToList();
        MetricSummary Over(Func<Score, double?> metric, bool high) =>
            MetricSummary.Of([.. rows.Select(r => (r.Hospital, metric(r.Score)))], high);
        return new ModelSummary(
            model, computed, Over(s => s.Accuracy, true), Over(s => s.Auroc, true), Over(s => s.LogLoss, false),
                Over(s => s.CalibrationError, false));
    }
}
