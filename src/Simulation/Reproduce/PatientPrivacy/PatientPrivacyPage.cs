using System.Globalization;
using System.Text;
using FedMeta.Privacy;
using FedMeta.Simulation.Reproduce.Tables;

namespace FedMeta.Simulation.Reproduce.PatientPrivacy;

/// <summary>The report as Markdown, with the reference figures under ours and the accountant's lines.</summary>
internal static class PatientPrivacyPage
{
    private const string Own =
        "Epsilon holds for training on scaled rows. Mean and deviation are each hospital's own, from its patients in the "
        + "clear, as in the reference, and are charged nowhere; a study's are public constants.";

    private const string Public =
        "Rows are scaled by a study's public constants, which no patient moves: epsilon holds for all that is sent.";

    /// <summary>The page.</summary>
    public static string Render(PatientPrivacyReport report)
    {
        var text = new StringBuilder("# What privacy costs\n\n");
        text.Append(CultureInfo.InvariantCulture,
            $"{report.Rounds} rounds, delta {report.Delta:0.######}, {report.Colluders} colluding hospitals, mean ")
            .Append(CultureInfo.InvariantCulture,
            $"over {report.Seeds} seeds. Accuracy / AUROC after ten local steps at every hospital; without any ")
            .Append(CultureInfo.InvariantCulture,
            $"federation {Short(report.Untrained.Accuracy)} / {Short(report.Untrained.Auroc)}.\n\n")
            .Append(report.PublicConstants ? Public : Own).Append("\n\n")
            .Append(Figures(report)).Append('\n')
            .Append("Accuracy lost against no privacy after ten steps, mean ± standard deviation over seeds:\n\n")
            .Append(Lost(report)).Append('\n')
            .Append("The accountant:\n\n");
        foreach (var row in report.Rows)
        {
            foreach (var cell in row.Cells.Where(c => c.Accountant is not null))
                text.Append("- ").Append(row.Name).Append(": ").Append(cell.Accountant).Append('\n');
        }

        if (!DeltaRule.Suffices(report.Delta, report.Patients))
            text.Append(CultureInfo.InvariantCulture,
                $"\nA study that says it has {report.Patients} ")
                .Append(CultureInfo.InvariantCulture,
                $"patients is refused a claim about patients above delta {1 / (10.0 * report.Patients):0.######}.\n");
        return text.ToString();
    }

    private static MarkdownTable Figures(PatientPrivacyReport report)
    {
        var page = Table("adapted by");
        foreach (var row in report.Rows)
        {
            page.Add([row.Name, "ten steps", .. row.Cells.Select(c => $"{Short(c.Steps.Accuracy.Mean)} / "
                + Short(c.Steps.Auroc.Mean))]);
            if (!report.PublicConstants)
                page.Add(["*reference*", "", .. PrivacySettings.Epsilons.Select(e => row.Form.Reference[e])]);
            page.Add([row.Name, "guarded choice", .. row.Cells.Select(c => $"{Short(c.Guarded.Accuracy.Mean)} / "
                + Short(c.Guarded.Auroc.Mean))]);
        }

        return page;
    }

    private static MarkdownTable Lost(PatientPrivacyReport report)
    {
        var page = Table("divided by");
        foreach (var row in report.Rows)
            page.Add([row.Name, row.Divisor.ToString(CultureInfo.InvariantCulture),
                .. row.Cells.Select(c => c.Accountant is null ? "" : $"{c.AccuracyLost}")]);
        return page;
    }

    private static MarkdownTable Table(string second) => new(["unit and form", second,
        .. PrivacySettings.Epsilons.Select(e => double.IsPositiveInfinity(e) ? "no privacy" : $"epsilon {e}")]);

    private static string Short(double? value) => value?.ToString(".000", CultureInfo.InvariantCulture) ?? "-";
}
