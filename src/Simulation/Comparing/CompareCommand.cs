using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace FedMeta.Simulation.Comparing;

/// <summary><c>fedmeta-sim compare</c>: one table over the runs of several seeds.</summary>
internal static class CompareCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var folders = new Argument<string[]>("DIR")
        {
            Description = "what 'demo --out' made, one folder a run",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = new Option<bool>("--json") { Description = "the table as JSON" };
        var command = new Command("compare",
            "Mean and standard deviation of every model over several runs.\n\nExample: fedmeta-sim compare out/seed-1 "
            + "out/seed-2")
        {
            folders, json,
        };
        command.SetAction(parsed =>
        {
            var models = RunComparison.Of(parsed.GetRequiredValue(folders));
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(models, Indented));
            else Print(models);
            return 0;
        });
        return command;
    }

    private static void Print(IReadOnlyList<ComparedModel> models)
    {
        var table = new Table().AddColumns("model", "accuracy", "AUROC", "log loss", "ECE");
        foreach (var model in models)
            table.AddRow(Markup.Escape(model.Model), $"{model.Accuracy}", $"{model.Auroc}", $"{model.LogLoss}",
                $"{model.CalibrationError}");
        AnsiConsole.Write(table);
    }
}
