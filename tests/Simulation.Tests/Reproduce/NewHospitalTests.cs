using System.Text.Json;
using FedMeta.Simulation.Reproduce.Heart;
using FedMeta.Simulation.Reproduce.NewHospital;
using Spectre.Console;

namespace FedMeta.Simulation.Tests.Reproduce;

public sealed class NewHospitalTests
{
    private static readonly Lazy<NewHospitalReport> Played = new(Play);

    [Fact]
    public void Leaving_one_out_is_the_same_for_the_same_seeds_and_columns_hold_who_has_enough_patients()
    {
        var (first, second) = (Played.Value, Play());

        Assert.Equal(JsonSerializer.Serialize(first), JsonSerializer.Serialize(second));
        var alone = Assert.Single(first.Rows,
            r => r.Method == "this hospital alone" && r.Scaling == NewHospitalReport.Federated);
        // Half of 40 patients; nothing without a label.
        Assert.Equal([5, 10, 20, null], alone.Points.Select(p => p.Patients));
        Assert.All(alone.Points, p => Assert.Equal(["0", "1", "2"], p.Hospitals.Keys.Order()));
        Assert.All(alone.Points, p => Assert.Equal(2, p.Macro.LogLoss.Runs));
    }

    [Fact]
    public void Recalibration_keeps_the_order_of_patients_and_the_page_shows_it()
    {
        var report = Played.Value;
        var row = Assert.Single(report.Rows, r => r.Method == "FedAvg by patients + intercept recalibration"
            && r.Scaling == NewHospitalReport.Federated);

        Assert.Equal(row.At(0)!.Macro.Auroc.Mean!.Value, row.At(20)!.Macro.Auroc.Mean!.Value, 12);
        var page = NewHospitalPage.Render(report);
        Assert.Contains("<svg", NewcomerPicture.Draw(report, "1"), StringComparison.Ordinal);
        Assert.All(report.Rows, r => Assert.Contains($"| {r.Method} | {r.Scaling} |", page, StringComparison.Ordinal));
    }

    private static NewHospitalReport Play()
    {
        using var folder = new TemporaryFolder();
        var hospitals = HeartFile.Read(folder.Write("all.csv", SmallHospitals.Csv()), new Dictionary<string, string>());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        return NewHospitalReport.Play(hospitals, new HeartSettings(Rounds: 3), seeds: 1, draws: 2, console);
    }
}
