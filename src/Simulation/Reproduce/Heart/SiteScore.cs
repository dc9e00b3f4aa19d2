using System.Text.Json.Serialization;
using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>A model on one hospital's held-out patients; no area under the curve where a class has fewer than two
/// patients: with one it is the rank of one person.</summary>
internal readonly record struct SiteScore(
    [property: JsonPropertyName("accuracy")] double Accuracy,
    [property: JsonPropertyName("auroc")] double? Auroc,
    [property: JsonPropertyName("log_loss")] double LogLoss,
    [property: JsonPropertyName("ece")] double CalibrationError)
{
    private const int LeastOfEachClass = 2;

    /// <summary>Scores parameters.</summary>
    public static SiteScore Of(IModel<double> model, ReadOnlySpan<double> theta, Batch<double> test)
    {
        var p = new double[test.Count];
        model.Predict(theta, test.Inputs.Span, p);
        Evaluator.ToProbabilities(model.Spec, p);
        var y = test.Targets.Span;
        return new SiteScore(Metrics.Accuracy(p, y), HasBoth(y) ? Metrics.Auroc(p, y) : null,
            model.Loss(theta, test), Metrics.CalibrationError(p, y).Expected);
    }

    /// <summary>The mean over hospitals, each measure over those that have it.</summary>
    public static SiteScore Macro(IReadOnlyCollection<SiteScore> sites) => new(
        sites.Average(s => s.Accuracy), sites.Average(s => s.Auroc), sites.Average(s => s.LogLoss),
        sites.Average(s => s.CalibrationError));

    private static bool HasBoth(ReadOnlySpan<double> y)
    {
        var ones = 0;
        foreach (var label in y) ones += label > 0 ? 1 : 0;
        return ones >= LeastOfEachClass && y.Length - ones >= LeastOfEachClass;
    }
}
