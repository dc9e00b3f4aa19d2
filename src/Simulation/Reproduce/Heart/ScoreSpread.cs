using System.Text.Json.Serialization;
using FedMeta.Simulation.Reproduce.Tables;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>Scores over runs.</summary>
internal sealed record ScoreSpread(
    [property: JsonPropertyName("accuracy")] MeanAndSpread Accuracy,
    [property: JsonPropertyName("auroc")] MeanAndSpread Auroc,
    [property: JsonPropertyName("log_loss")] MeanAndSpread LogLoss,
    [property: JsonPropertyName("ece")] MeanAndSpread CalibrationError)
{
    /// <summary>Mean and spread of every measure.</summary>
    public static ScoreSpread Of(IReadOnlyCollection<SiteScore> runs) => new(
        MeanAndSpread.Of(runs.Select(r => (double?)r.Accuracy)), MeanAndSpread.Of(runs.Select(r => r.Auroc)),
        MeanAndSpread.Of(runs.Select(r => (double?)r.LogLoss)),
        MeanAndSpread.Of(runs.Select(r => (double?)r.CalibrationError)));
}
