using System.Text.Json;

namespace FedMeta.Learning.Tests.Oracles;

/// <summary>Checks metrics.json. Where the reference is null, ours must be null as well.</summary>
public static class MetricsFixture
{
    public static IEnumerable<OracleResult> Check(JsonElement file)
    {
        foreach (var (test, i) in file.GetProperty("binary").EnumerateArray().Select((t, i) => (t, i)))
        {
            var (p, y) = (test.Vector("p"), test.Vector("y"));
            var (ece, mce) = Metrics.CalibrationError(p, y);
            var line = CalibrationLine.Fit(p, y);
            (string Name, double? Value)[] measures =
            [
                ("auroc", Metrics.Auroc(p, y)), ("avg_precision", Metrics.AveragePrecision(p, y)),
                ("brier", Metrics.Brier(p, y)), ("log_loss", Metrics.LogLoss(p, y)),
                ("accuracy", Metrics.Accuracy(p, y)), ("ece10", ece), ("mce10", mce),
                ("calib_intercept", line.Intercept), ("calib_slope", line.Slope), ("calib_in_large", line.InTheLarge),
            ];
            foreach (var result in Compare($"binary {i}", test, measures)) yield return result;
        }

        foreach (var (test, i) in file.GetProperty("cindex").EnumerateArray().Select((t, i) => (t, i)))
        {
            var index = ConcordanceIndex.Harrell(test.Vector("T"), test.Vector("E"), test.Vector("risk"));
            (string Name, double? Value)[] measures =
                [("c_index", index.Value), ("concordant", index.Concordant), ("comparable", index.Comparable)];
            foreach (var result in Compare($"cindex {i}", test, measures)) yield return result;
        }

        foreach (var test in file.GetProperty("multiclass").EnumerateArray())
        {
            var (p, y, classes) = (test.Vector("P"), test.Vector("y"), test.GetProperty("classes").GetInt32());
            var (ece, mce) = MulticlassMetrics.CalibrationError(p, classes, y);
            (string Name, double? Value)[] measures =
            [
                ("accuracy", MulticlassMetrics.Accuracy(p, classes, y)), ("top_label_ece10", ece), ("mce10", mce),
                ("macro_ovr_auroc", MulticlassMetrics.MacroAuroc(p, classes, y)),
            ];
            foreach (var result in Compare("multiclass", test, measures)) yield return result;
        }
    }

    private static IEnumerable<OracleResult> Compare(
        string name, JsonElement test, IEnumerable<(string Name, double? Value)> measures)
    {
        foreach (var (measure, value) in measures)
        {
            if (!test.TryGetProperty(measure, out var reference)) continue;
            var isNull = reference.ValueKind == JsonValueKind.Null;
            // The reference leaves out the intercept at slope 1 where the line does not exist; it is defined there.
            if (isNull && measure == "calib_in_large") continue;
            yield return isNull
                ? new OracleResult($"{name} {measure} undefined", value is null ? 0 : double.PositiveInfinity, 0)
                : OracleResult.Compare(
                    $"{name} {measure}", value ?? double.NaN, reference.GetDouble(), FixtureReader.Loose);
        }
    }
}
