using System.Globalization;
using System.Text;
using FedMeta.Simulation.Reproduce.Tables;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>The report as Markdown, with the reference figures beside ours.</summary>
internal static class HeartPage
{
    /// <summary>The page.</summary>
    public static string Render(HeartReport report)
    {
        var text = new StringBuilder("# Four hospitals, every method\n\n");
        text.Append(Populations(report)).Append('\n');
        foreach (var table in report.Tables)
        {
            var kind = table.Case;
            text.Append(CultureInfo.InvariantCulture, $"## {kind.Title}\n\n");
            text.Append(CultureInfo.InvariantCulture,
                $"Mean ± standard deviation over {report.Seeds} seeds of the mean over hospitals; AUROC over ")
                .Append("those with two patients or more of each class among the held-out.\n\n");
            text.Append(Methods(kind, table)).Append('\n');
            text.Append("Accuracy / AUROC of each hospital:\n\n").Append(Sites(report, kind, table)).Append('\n');
            if (kind.Hidden == 0) text.Append(Vectors(table)).Append('\n');
        }

        return text.ToString();
    }

    private static MarkdownTable Populations(HeartReport report)
    {
        var table = new MarkdownTable("hospital", "train", "with disease", "test", "with disease");
        foreach (var h in report.Hospitals)
            table.Add(h.Name, Text(h.Train), Text(h.TrainPositives), Text(h.Test), Text(h.TestPositives));
        return table;
    }

    private static MarkdownTable Methods(HeartCase kind, HeartTable table)
    {
        var withReference = kind.Scaling == ScalingOrigin.Hospital;
        string[] measures = ["accuracy", "AUROC", "log loss", "ECE"];
        var page = new MarkdownTable(["method", .. withReference
            ? measures.SelectMany(m => new[] { m, "ref." }) : measures]);
        foreach (var row in table.Rows)
        {
            string[] figures = [$"{row.Macro.Accuracy}", $"{row.Macro.Auroc}", $"{row.Macro.LogLoss}",
                $"{row.Macro.CalibrationError}"];
            var reference = ReferenceFigures.Macro(kind.Hidden > 0, kind.Published, row.Method);
            page.Add([row.Method, .. withReference
                ? figures.Zip(reference, (f, r) => new[] { f, r }).SelectMany(pair => pair) : figures]);
        }

        return page;
    }

    private static MarkdownTable Sites(HeartReport report, HeartCase kind, HeartTable table)
    {
        var page = new MarkdownTable(["method", .. report.Hospitals.Select(h => h.Name)]);
        foreach (var row in table.Rows)
        {
            page.Add([row.Method, .. row.Sites.Select(s => $"{Short(s.Accuracy)} / {Short(s.Auroc)}")]);
            var reference = ReferenceFigures.OfSites(row.Method);
            if (kind == HeartCase.All[0] && reference[0].Length > 0 && reference.Length == row.Sites.Length)
                page.Add(["*reference*", .. reference.Select(r => r.Replace("/", " / ", StringComparison.Ordinal))]);
        }

        return page;
    }

    private static MarkdownTable Vectors(HeartTable table)
    {
        var page = new MarkdownTable("algorithm", "settings", "norm of an update: median / p95 / largest",
            "inner rate: weights mean / largest", "bias");
        foreach (var v in table.Vectors)
            page.Add(v.Algorithm, v.Settings, $"{Two(v.Median)} / {Two(v.NinetyFive)} / {Two(v.Largest)}",
                $"{Two(v.MeanWeightRate)} / {Two(v.LargestWeightRate)}", Two(v.BiasRate));
        return page;
    }

    private static string Short(MeanAndSpread figure) =>
        figure.Mean?.ToString(".000", CultureInfo.InvariantCulture) ?? "-";

    private static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
