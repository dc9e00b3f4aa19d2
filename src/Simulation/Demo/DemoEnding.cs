using System.Globalization;
using FedMeta.Simulation.Demo.Scores;
using Spectre.Console;

namespace FedMeta.Simulation.Demo;

/// <summary>What the reader sees when the demo has ended.</summary>
internal static class DemoEnding
{
    public static void Write(DemoSummary summary, EvaluationFile evaluation, string folder, IAnsiConsole console)
    {
        console.WriteLine();
        console.WriteLine($"{summary.Study}: {summary.State}, {summary.RoundsCompleted} of {summary.RoundsPlanned} "
            + $"rounds; {evaluation.Privacy}");
        if (summary.Outage is { } outage)
        {
            var back = outage.StartedAgainAfterRound is { } round ? $", back after round {round}" : "";
            console.WriteLine($"{outage.Hospital} was killed in round {outage.KilledInRound} "
                + $"({outage.KilledInPhase}){back}");
        }

        console.Write(Table(evaluation));
        foreach (var comparison in evaluation.Comparisons) console.WriteLine(comparison.Verdict);
        if (evaluation.Newcomer is { } newcomer)
        {
            var rows = string.Join("; ", newcomer.Models.Select(m => $"{m.Model} {Text(m.LogLoss)}"));
            console.WriteLine($"newcomer {newcomer.Hospital}, {newcomer.Adaptation}, loss on "
                + $"{newcomer.TestPatients} others: {rows}");
        }

        console.WriteLine(summary.Audit);
        console.WriteLine();
        foreach (var (name, file) in summary.Files.Where(f => !f.Key.StartsWith("journal "
            + "of", StringComparison.Ordinal)))
            console.WriteLine($"  {name,-28} {Path.Combine(folder, file)}");
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.Seconds["in all"]:0.0} s in all"));
    }

    private static Table Table(EvaluationFile evaluation)
    {
        // Numbers and survival have a loss that is no log loss.
        var loss = evaluation.Summary.Any(m => m.Accuracy.Hospitals > 0) ? "log loss" : "loss";
        var table = new Table { Border = TableBorder.Rounded }.AddColumns("model", "accuracy", "AUROC", loss, "ECE", $"worst {loss}");
        foreach (var m in evaluation.Summary)
        {
            var mark = m.Computed == EvaluationRun.AtHospitals ? "" : " *";
            table.AddRow(
                new Text(m.Model + mark), new Text(Text(m.Accuracy.MacroMean)),
                new Text($"{Text(m.Auroc.MacroMean)} ({m.Auroc.Hospitals})"), new Text(Text(m.LogLoss.MacroMean)),
                new Text(Text(m.CalibrationError.MacroMean)), new Text($"{Text(m.LogLoss.Worst)} "
                    + $"{m.LogLoss.WorstHospital}"));
        }

        return table.Caption($"mean over hospitals; AUROC over those (n) with two of each class; * {EvaluationRun.Here}");
    }

    private static string Text(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
