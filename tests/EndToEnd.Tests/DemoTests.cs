using System.Text.Json;
using FedMeta.Simulation.Demo;
using FedMeta.Tests.Support;

namespace FedMeta.EndToEnd.Tests;

/// <summary>
/// The main job, as a user starts it, with a shorter study: six hospitals, one killed in the middle of a round.
/// </summary>
public sealed class DemoTests(DemoTests.Finished demo) : IClassFixture<DemoTests.Finished>
{
    [Fact]
    public void The_study_completes_although_a_hospital_is_killed_in_the_middle_of_a_round()
    {
        Assert.True(demo.ExitCode == 0, demo.Said);
        var summary = demo.Json("summary.json");
        Assert.Equal("completed", summary.GetProperty("state").GetString());
        Assert.Equal(summary.GetProperty("rounds_planned").GetInt32(),
            summary.GetProperty("rounds_completed").GetInt32());
        var outage = summary.GetProperty("outage");
        Assert.Equal(2, outage.GetProperty("killed_in_round").GetInt32());
        Assert.True(outage.GetProperty("started_again_after_round").GetInt32() >= 3);
    }

    [Fact]
    public void Everything_that_was_promised_lies_in_the_folder()
    {
        var summary = demo.Json("summary.json");
        foreach (var file in summary.GetProperty("files").EnumerateObject())
            Assert.True(Path.Exists(demo.At(file.Value.GetString()!)), $"{file.Name}: {file.Value} is missing");
        string[] promised = ["meta-model", "evaluation", "dashboard", "privacy report", "privacy report for "
            + "programs", "exported journal", "summary"];
        Assert.Empty(promised.Except(summary.GetProperty("files").EnumerateObject().Select(f => f.Name)));
        Assert.Equal(7, summary.GetProperty("files").EnumerateObject().Count(f => f.Name.StartsWith("journal "
            + "of", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_budget_was_not_exceeded_and_the_audit_holds()
    {
        var summary = demo.Json("summary.json");
        Assert.InRange(summary.GetProperty("epsilon_spent").GetDouble(), 0.1,
            summary.GetProperty("epsilon_granted").GetDouble());
        Assert.Contains("holds", summary.GetProperty("audit").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_hospital_has_its_scores_with_counts_beside_every_baseline()
    {
        var evaluation = demo.Json("evaluation.json");
        var hospitals = evaluation.GetProperty("hospitals").EnumerateArray().ToList();
        Assert.Equal(6, hospitals.Count);
        string[] models =
        [
            "meta-model, unadapted", "meta-model, adapted", "prevalence only", "pooled", "FedAvg by "
            + "patients", "FedAvg uniform",
            "FedAvg by patients + fine-tuning", "FedAvg by patients + intercept recalibration",
        ];
        foreach (var hospital in hospitals)
        {
            Assert.True(hospital.GetProperty("test_patients").GetInt32() >= 10);
            Assert.Empty(
                models.Except(hospital.GetProperty("models").EnumerateArray()
                    .Select(m => m.GetProperty("model").GetString())));
        }

        Assert.Equal("river-newcomer", evaluation.GetProperty("newcomer").GetProperty("hospital").GetString());
        Assert.Contains("20 of its own "
            + "patients", evaluation.GetProperty("newcomer").GetProperty("adaptation").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_process_of_the_demo_is_left_running()
    {
        Assert.DoesNotContain(CommandLines(), line => line.Contains(demo.Folder, StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task The_dashboard_draws_in_a_browser()
    {
        var picture = demo.At("test-picture.png");

        Assert.True(await BrowserPicture.TryDrawAsync(
            BrowserPicture.Find()!, demo.At("dashboard.html"), picture, 1280, 1500, CancellationToken.None));

        Assert.True(new FileInfo(picture).Length > 20_000, "the page is as good as empty");
    }

    private static IEnumerable<string> CommandLines() =>
        from folder in Directory.EnumerateDirectories("/proc")
        where int.TryParse(Path.GetFileName(folder), out _)
        let line = TryRead(Path.Combine(folder, "cmdline"))
        where line.Contains("fedmeta", StringComparison.Ordinal)
        select line;

    private static string TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return ""; // it ended meanwhile
        }
        catch (UnauthorizedAccessException)
        {
            return ""; // somebody else's
        }
    }

    /// <summary>One run of the demo, for all the facts about it.</summary>
    public sealed class Finished : IAsyncLifetime, IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fedmeta-demo-");

        public string Folder => Path.Combine(_folder.FullName, "out");

        public int ExitCode { get; private set; } = -1;

        public string Said { get; private set; } = "";

        public string At(string file) => Path.Combine(Folder, file);

        public JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(At(file))).RootElement;

        public async Task InitializeAsync()
        {
            var study = Path.Combine(_folder.FullName, "short.toml");
            File.Copy(CheckoutFolder.At("samples/heart.toml"), study);
            SettingsFile.Set(study, "count", "8");
            SettingsFile.Set(study, "deadline", "\"5s\"");
            var result = await Simulator.RunAsync("demo", "--out", Folder, "--study", study, "--seed", "3");
            (ExitCode, Said) = (result.ExitCode, result.Output + result.Errors);
        }

        public Task DisposeAsync() => Task.CompletedTask;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
