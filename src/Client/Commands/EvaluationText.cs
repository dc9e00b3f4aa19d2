using FedMeta.Client.Adaptation;
using FedMeta.Client.Adaptation.Pages;
using FedMeta.Learning;
using Spectre.Console;

namespace FedMeta.Client.Commands;

/// <summary>An evaluation on a terminal.</summary>
internal static class EvaluationText
{
    /// <summary>Counts, table, findings, and why values are missing.</summary>
    public static void Print(CommandContext own, EvaluationReport report)
    {
        var first = report.Models[0].Evaluation;
        own.Out.WriteLine($"{report.Study}: judged on {first.Patients} held-out patients, "
            + (first.Positives is { } positives
                ? $"{positives} with the outcome (prevalence {Output.Score(first.Prevalence)}), " : "")
            + $"adapted on {report.TrainRows}");
        foreach (var warning in report.Warnings) own.Out.WriteLine($"warning: {warning}");
        var ranking = Measures.Ranking(report.Outcome);
        var table = new Table().AddColumns("model", $"{Measures.NameOf(Measure.Loss, report.Outcome)} (95 %)",
            $"{Measures.NameOf(ranking, report.Outcome)} (95 %)", "accuracy", "Brier", "ECE", "cal. slope");
        foreach (var (model, result) in report.Models) table.AddRow([Markup.Escape(model), .. Cells(result, ranking)]);
        foreach (var (group, model, result) in report.Subgroups)
        {
            var name = $"{group}, {result.Patients} patients: {model}";
            table.AddRow([Markup.Escape(name), .. Cells(result, ranking)]);
        }

        own.Console.Write(table);
        foreach (var line in EvaluationPage.Undefined(report)) own.Out.WriteLine(line);
        own.Out.WriteLine(report.Adaptation);
        foreach (var finding in EvaluationPage.Findings(report)) own.Out.WriteLine(finding);
        if (EvaluationPage.Many(report) is { } many) own.Out.WriteLine(many);
        foreach (var missing in report.Missing) own.Out.WriteLine($"not shown: {missing}");
    }

    private static string[] Cells(Evaluation e, Measure ranking) =>
    [
        PageFrame.Figure(e.Loss, e.LossInterval),
        PageFrame.Figure(e.Value(ranking), e.AurocInterval ?? e.ConcordanceInterval),
        Output.Score(e.Accuracy),
        Output.Score(e.Brier),
        Output.Score(e.ExpectedCalibrationError),
        Output.Score(e.Calibration?.Slope),
    ];
}
