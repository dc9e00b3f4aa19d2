using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Simulation.Comparing;
using FedMeta.Simulation.Demo.Scores;

namespace FedMeta.Simulation.Tests.Comparing;

public sealed class RunComparisonTests
{
    [Fact]
    public void Each_metric_is_a_mean_and_a_sample_deviation_over_the_runs()
    {
        using var folder = new TemporaryFolder();
        var runs = new[] { Write(folder, "a", 0.8), Write(folder, "b", 0.9), Write(folder, "c", null) };
        var model = Assert.Single(RunComparison.Of(runs));
        Assert.Equal(0.85, model.Accuracy.Mean!.Value, 12);
        Assert.Equal(Math.Sqrt(0.005), model.Accuracy.StandardDeviation!.Value, 12);
        Assert.Equal(2, model.Accuracy.Runs);
        Assert.Equal("0.850 ± 0.071", model.Accuracy.ToString());
        Assert.Equal("undefined", model.Auroc.ToString());
    }

    [Fact]
    public void A_folder_without_an_evaluation_is_an_error_in_words()
    {
        using var folder = new TemporaryFolder();
        var run = Write(folder, "a", 0.8);
        Assert.Throws<FedMetaException>(() => RunComparison.Of([run, Path.Combine(folder.Path, "absent")]));
        File.WriteAllText(Path.Combine(run, "evaluation.json"), "{");
        Assert.Equal(ExitCode.Data, Assert.Throws<FedMetaException>(() => RunComparison.Of([run])).Code);
    }

    [Fact]
    public void Runs_that_judged_other_models_are_not_averaged()
    {
        using var folder = new TemporaryFolder();
        var runs = new[] { Write(folder, "a", 0.8), Write(folder, "b", 0.8, model: "another") };
        Assert.Equal(ExitCode.Usage, Assert.Throws<FedMetaException>(() => RunComparison.Of(runs)).Code);
    }

    private static string Write(TemporaryFolder folder, string name, double? accuracy, string model = "shared")
    {
        var run = Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
        var undefined = new MetricSummary(null, 0, null, null, null);
        var summary = new ModelSummary(
            model, "here", undefined with { MacroMean = accuracy }, undefined, undefined, undefined);
        var file = new EvaluationFile("heart", "", "", "", [summary], [], [], null);
        File.WriteAllBytes(Path.Combine(run, "evaluation.json"), JsonSerializer.SerializeToUtf8Bytes(file));
        return run;
    }
}
