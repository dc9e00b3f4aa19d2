using System.Text.Json.Serialization;
using FedMeta.Learning;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>
/// One model on one hospital's held-out patients. Null: undefined on these patients, for example AUROC of one class.
/// </summary>
internal sealed record Score(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("accuracy")] double? Accuracy,
    [property: JsonPropertyName("auroc")] double? Auroc,
    [property: JsonPropertyName("auroc_low")] double? AurocLow,
    [property: JsonPropertyName("auroc_high")] double? AurocHigh,
    [property: JsonPropertyName("log_loss")] double? LogLoss,
    [property: JsonPropertyName("brier")] double? Brier,
    [property: JsonPropertyName("ece")] double? CalibrationError,
    [property: JsonPropertyName("calibration_intercept")] double? CalibrationIntercept,
    [property: JsonPropertyName("calibration_slope")] double? CalibrationSlope)
{
    public static Score Of(string model, Evaluation e) => new(
        model, e.Accuracy, e.Auroc, e.AurocInterval?.Low, e.AurocInterval?.High, e.Loss, e.Brier,
            e.ExpectedCalibrationError,
        e.Calibration?.Intercept, e.Calibration?.Slope);
}
