using System.Globalization;
using System.Text;
using FedMeta.Simulation.Reproduce.Heart;
using FedMeta.Simulation.Reproduce.Tables;

namespace FedMeta.Simulation.Reproduce.NewHospital;

/// <summary>The report as Markdown, with the reference figures under ours.</summary>
internal static class NewHospitalPage
{
    /// <summary>The page.</summary>
    public static string Render(NewHospitalReport report)
    {
        var text = new StringBuilder("# A hospital that took no part\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"Log loss / AUROC, mean over hospitals, seeds 1 to {report.Seeds} and {report.Draws} draws of the ")
            .Append("newcomer's patients. AUROC over the hospitals with two patients or more of each class in the ")
            .Append("judging half; a hospital with fewer than k patients in the other half is not in that column.\n\n")
            .Append(Curves(report)).Append('\n')
            .Append("Standard deviation of log loss / AUROC over seeds and draws:\n\n")
            .Append(Spreads(report)).Append('\n')
            .Append("Accuracy / AUROC / log loss of each hospital:\n\n").Append(Sites(report));
        return text.ToString();
    }

    private static MarkdownTable Curves(NewHospitalReport report)
    {
        var page = Table();
        foreach (var row in report.Rows)
        {
            page.Add([row.Method, row.Scaling, .. Cells(row, s => $"{Mean(s.LogLoss)} / {Mean(s.Auroc)}")]);
            if (NewHospitalReference.Of(row.Method, row.Scaling) is { } reference)
                page.Add(["*reference*", "", .. reference]);
        }

        return page;
    }

    private static MarkdownTable Spreads(NewHospitalReport report)
    {
        var page = Table();
        foreach (var row in report.Rows)
            page.Add([row.Method, row.Scaling, .. Cells(row, s => $"{Spread(s.LogLoss)} / {Spread(s.Auroc)}")]);
        return page;
    }

    private static MarkdownTable Sites(NewHospitalReport report)
    {
        var page = new MarkdownTable(["method", "mean and deviation of", "k", .. report.Hospitals.Select(h => h.Name)]);
        foreach (var (row, point) in report.Rows.SelectMany(r => r.Points, (r, p) => (r, p)))
        {
            page.Add([row.Method, row.Scaling, Text(point.Patients), .. report.Hospitals.Select(h =>
                point.Hospitals.TryGetValue(h.Name, out var s)
                    ? $"{Mean(s.Accuracy)} / {Mean(s.Auroc)} / {Mean(s.LogLoss)}" : "")]);
        }

        return page;
    }

    private static MarkdownTable Table() => new(["method", "mean and deviation of",
        .. LeaveOneOut.Patients.Select(k => k is null ? "all of the half" : $"k = {k}")]);

    private static IEnumerable<string> Cells(NewcomerRow row, Func<ScoreSpread, string> cell) =>
        LeaveOneOut.Patients.Select(k => row.At(k) is { } point ? cell(point.Macro) : "");

    private static string Mean(MeanAndSpread figure) =>
        figure.Mean?.ToString(".000", CultureInfo.InvariantCulture) ?? "-";

    private static string Spread(MeanAndSpread figure) =>
        figure.Deviation?.ToString(".000", CultureInfo.InvariantCulture) ?? "-";

    private static string Text(int? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "all";
}
