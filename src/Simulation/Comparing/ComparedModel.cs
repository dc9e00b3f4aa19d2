using System.Text.Json.Serialization;
using FedMeta.Simulation.Demo.Scores;

namespace FedMeta.Simulation.Comparing;

/// <summary>One model over several runs.</summary>
internal sealed record ComparedModel(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("accuracy")] RunSpread Accuracy,
    [property: JsonPropertyName("auroc")] RunSpread Auroc,
    [property: JsonPropertyName("log_loss")] RunSpread LogLoss,
    [property: JsonPropertyName("ece")] RunSpread CalibrationError)
{
    public static ComparedModel Of(string model, IReadOnlyList<ModelSummary> runs) => new(
        model,
        RunSpread.Of(runs.Select(r => r.Accuracy.MacroMean)),
        RunSpread.Of(runs.Select(r => r.Auroc.MacroMean)),
        RunSpread.Of(runs.Select(r => r.LogLoss.MacroMean)),
        RunSpread.Of(runs.Select(r => r.CalibrationError.MacroMean)));
}
