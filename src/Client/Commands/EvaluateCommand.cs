using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FedMeta.Client.Adaptation;
using FedMeta.Learning;
using FedMeta.Protocol;
using Spectre.Console;

namespace FedMeta.Client.Commands;

/// <summary><c>evaluate</c>: models on this hospital's held-out patients.</summary>
internal static class EvaluateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var selector = new Argument<string>("study") { Description = "Name or hash of the study" };
        var output = new Option<string?>("--output", "-o") { Description = "File for the result as JSON" };
        return new Command("evaluate", """
            Compare the meta-model, its adaptation and this hospital alone on own held-out patients; nothing leaves
            Example: fedmeta-client evaluate heart -o evaluation.json
            """)
        { selector, output }.With(context, async (own, parsed, stop) =>
        {
            using var home = own.OpenHome();
            var (fetched, data) = await HospitalRows.WithModelAsync(own, home, parsed.GetRequiredValue(selector), stop);
            if (data.Test.Count == 0)
            {
                throw new FedMetaException(ExitCode.Data, "no row is held out, so there is nothing to judge on",
                    "mark some rows 'test' in the fold column, or add patients");
            }

            var report = HospitalEvaluation.Run(fetched.Study, fetched.Model, fetched.Hash, data);
            if (parsed.GetValue(output) is { } file)
            {
                DurableFile.Write(Path.GetFullPath(file),
                    JsonSerializer.SerializeToUtf8Bytes(report, OutputShapes.Default.EvaluationReport), secret: true);
            }

            if (own.Json) return Output.Json(own, report, OutputShapes.Default.EvaluationReport);
            Print(own, report);
            return (int)ExitCode.Ok;
        });
    }

    private static void Print(CommandContext own, EvaluationReport report)
    {
        var first = report.Models[0].Evaluation;
        own.Out.WriteLine($"{report.Study}: judged on {first.Patients} held-out patients, prevalence "
            + $"{Output.Score(first.Prevalence)}, adapted on {report.TrainRows}");
        var table = new Table().AddColumns("model", "log loss", "AUROC (95 %)", "accuracy", "Brier", "ECE",
            "cal. slope");
        foreach (var (model, result) in report.Models)
        {
            table.AddRow(Markup.Escape(model), Output.Score(result.Loss), Auroc(result), Output.Score(result.Accuracy),
                Output.Score(result.Brier), Output.Score(result.ExpectedCalibrationError),
                Output.Score(result.Calibration?.Slope));
        }

        own.Console.Write(table);
        own.Out.WriteLine(report.Adaptation);
    }

    private static string Auroc(Evaluation result) => result.AurocInterval is { } interval
        ? string.Create(CultureInfo.InvariantCulture,
            $"{result.Auroc:0.000} ({interval.Low:0.000} to {interval.High:0.000})")
        : Output.Score(result.Auroc);
}
