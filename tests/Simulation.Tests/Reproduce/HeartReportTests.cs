using System.Text.Json;
using FedMeta.Simulation.Reproduce.Heart;
using Spectre.Console;

namespace FedMeta.Simulation.Tests.Reproduce;

public sealed class HeartReportTests
{
    [Fact]
    public void The_methods_table_is_the_same_for_the_same_seeds_and_a_federation_beats_the_prevalence()
    {
        var (first, second) = (Play(seeds: 2, HeartCase.All[0]), Play(seeds: 2, HeartCase.All[0]));

        Assert.Equal(JsonSerializer.Serialize(first), JsonSerializer.Serialize(second));
        Assert.Equal(HeartPage.Render(first), HeartPage.Render(second));
        var rows = first.Tables[0].Rows.ToDictionary(r => r.Method, r => r.Macro);
        Assert.True(rows["FedAvg by patients + intercept recalibration"].LogLoss.Mean
            < rows["prevalence only"].LogLoss.Mean);
        Assert.True(rows["MAML, 10 steps"].LogLoss.Mean < rows["prevalence only"].LogLoss.Mean);
    }

    [Fact]
    public void The_page_has_every_table_with_every_method_and_hospital()
    {
        var report = Play(seeds: 1, [.. HeartCase.All]);
        var page = HeartPage.Render(report);

        Assert.Equal(HeartCase.All.Count, report.Tables.Length);
        Assert.All(HeartCase.All, kind => Assert.Contains($"## {kind.Title}\n", page, StringComparison.Ordinal));
        Assert.All(report.Tables[0].Rows,
            row => Assert.Contains($"| {row.Method} | {row.Macro.Accuracy} |", page, StringComparison.Ordinal));
        Assert.All(report.Tables[0].Rows, row => Assert.Equal(3, row.Sites.Length));
    }

    private static HeartReport Play(int seeds, params HeartCase[] cases)
    {
        using var folder = new TemporaryFolder();
        var hospitals = HeartFile.Read(folder.Write("all.csv", SmallHospitals.Csv()), new Dictionary<string, string>());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        return HeartReport.Play(hospitals, cases, new HeartSettings(Rounds: 5, FitSteps: 10), seeds, console);
    }
}
