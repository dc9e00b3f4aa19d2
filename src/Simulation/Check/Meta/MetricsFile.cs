using System.Text.Json;
using FedMeta.Learning;

namespace FedMeta.Simulation.Check.Meta;

/// <summary>Evaluation metrics. Where the reference is null, ours must be null as well.</summary>
internal sealed class MetricsFile : OracleFormat
{
    private static readonly string[] Arguments = ["doc", "p", "y", "P", "T", "E", "risk", "classes"];

    public override bool Recognises(OracleFile file) =>
        file.Has("binary", "cindex") || file.Has("binary", "multiclass");

    public override void Check(OracleFile file, CheckReport report)
    {
        foreach (var table in new[] { "binary", "cindex", "multiclass" })
        {
            if (!file.Root.TryGetProperty(table, out var tests)) continue;
            var index = 0;
            foreach (var test in tests.EnumerateArray())
            {
                var row = $"{table}[{index++}]";
                Guarded(report, row, () => Compare(row, test, Ours(table, test), report));
            }
        }
    }

    private static Dictionary<string, double?> Ours(string table, JsonElement test)
    {
        if (table == "cindex")
        {
            var index = ConcordanceIndex.Harrell(test.Vector("T"), test.Vector("E"), test.Vector("risk"));
            return new()
            {
                ["c_index"] = index.Value,
                ["concordant"] = index.Concordant,
                ["comparable"] = index.Comparable
            };
        }

        var y = test.Vector("y");
        if (table == "multiclass")
        {
            var (matrix, classes) = (test.Vector("P"), test.Property("classes").GetInt32());
            var (expected, maximum) = MulticlassMetrics.CalibrationError(matrix, classes, y);
            return new()
            {
                ["accuracy"] = MulticlassMetrics.Accuracy(matrix, classes, y),
                ["top_label_ece10"] = expected,
                ["mce10"] = maximum,
                ["macro_ovr_auroc"] = MulticlassMetrics.MacroAuroc(matrix, classes, y),
            };
        }

        var p = test.Vector("p");
        var (ece, mce) = Metrics.CalibrationError(p, y);
        var line = CalibrationLine.Fit(p, y);
        return new()
        {
            ["auroc"] = Metrics.Auroc(p, y),
            ["avg_precision"] = Metrics.AveragePrecision(p, y),
            ["brier"] = Metrics.Brier(p, y),
            ["log_loss"] = Metrics.LogLoss(p, y),
            ["accuracy"] = Metrics.Accuracy(p, y),
            ["ece10"] = ece,
            ["mce10"] = mce,
            ["calib_intercept"] = line.Intercept,
            ["calib_slope"] = line.Slope,
            ["calib_in_large"] = line.InTheLarge,
        };
    }

    private static void Compare(string row, JsonElement test, Dictionary<string, double?> ours, CheckReport report)
    {
        foreach (var column in test.EnumerateObject().Where(c => !Arguments.Contains(c.Name)))
        {
            if (!ours.TryGetValue(column.Name, out var value))
            {
                report.ColumnNotChecked(column.Name, "no function of FedMeta computes it");
            }
            else if (column.Value.ValueKind != JsonValueKind.Null)
            {
                report.Relative(row, column.Name, value ?? double.NaN, column.Value.AsNumber(), FixtureModels.Loose,
                    floor: 1e-12);
            }
            else if (column.Name == "calib_in_large" && value is not null)
            {
                report.ColumnNotChecked($"{row} calib_in_large",
                    "the reference leaves it out where the slope does not exist; at slope 1 it is defined");
            }
            else
            {
                report.Same(row, column.Name + " is undefined", value is null ? "undefined" : "a number", "undefined");
            }
        }
    }
}
