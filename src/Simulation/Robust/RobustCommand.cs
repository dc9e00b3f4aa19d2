using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace FedMeta.Simulation.Robust;

/// <summary><c>fedmeta-sim robust</c>: what groups do against two cheaters among twenty hospitals.</summary>
internal static class RobustCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create(TimeProvider time)
    {
        var folder = new Option<string>("--out") { Description = "folder for robust.html, robust.json and models", Required = true };
        var seed = new Option<int>("--seed") { Description = "the same seed gives the same figures", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "the figures as JSON on the terminal" };
        var command = new Command("robust",
            "Train with 20 invented hospitals, of which one turns the sign of its update and one scales it by 30: honest, "
            + "attacked with one sum, attacked in groups.\n\nExample: fedmeta-sim robust --out robust --seed 1")
        {
            folder, seed, json,
        };
        command.SetAction(parsed =>
        {
            var to = parsed.GetRequiredValue(folder);
            var report = RobustReport.Play(parsed.GetValue(seed), RobustStudy.DefaultRounds, Path.Combine(to, "models"), time.GetUtcNow());
            var text = JsonSerializer.Serialize(report, Indented);
            File.WriteAllText(Path.Combine(to, "robust.json"), text + "\n");
            File.WriteAllText(Path.Combine(to, "robust.html"), RobustPage.Render(report));
            if (parsed.GetValue(json)) Console.WriteLine(text);
            else Print(report, to);
            return 0;
        });
        return command;
    }

    private static void Print(RobustReport report, string folder)
    {
        var table = new Table().AddColumns("run", "accuracy", "AUROC", "rounds rolled back", "groups left out");
        foreach (var run in report.Runs)
            table.AddRow(run.Name, Figure(run.Final.Accuracy), Figure(run.Final.Auroc),
                run.RolledBack.ToString(CultureInfo.InvariantCulture) + (run.Paused ? ", then paused" : ""),
                run.Points.Sum(p => p.GroupsLeftOut).ToString(CultureInfo.InvariantCulture));
        AnsiConsole.Write(table);
        var rounds = new Table().AddColumn("round");
        foreach (var run in report.Runs)
            rounds.AddColumn($"{run.Name}: accuracy / AUROC");
        for (var round = 0; round <= RobustStudy.DefaultRounds; round++)
        {
            var cells = report.Runs.Select(r => r.Points.ElementAtOrDefault(round)).Select(p =>
                p is null ? "" : $"{Figure(p.Accuracy)} / {Figure(p.Auroc)}");
            rounds.AddRow([round.ToString(CultureInfo.InvariantCulture), .. cells]);
        }

        AnsiConsole.Write(rounds);
        Console.WriteLine($"curves: {Path.Combine(folder, "robust.html")}");
    }

    private static string Figure(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
