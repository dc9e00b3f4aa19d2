using System.Text.Json;
using FedMeta.Learning.Tests.Oracles;
using FedMeta.Tests.Support;
using Xunit;

namespace FedMeta.Learning.Tests;

public class ReferenceValueTests
{
    [SharedFact("oracles/meta")]
    public void Every_model_file_is_met_to_the_last_digits()
    {
        var files = Directory.GetFiles(SharedFolder.Find("oracles/meta")!, "*.json")
            .Where(f => Read(f).TryGetProperty("inner_batches", out _)).ToList();
        Assert.True(files.Count >= 6);
        foreach (var file in files) Assert.All(ModelFixture.Check(Read(file), ManagedEngine.Instance), Passes(file));
    }

    [SharedFact("oracles/meta/server_optimizers.json")]
    public void Server_optimizers_step_as_the_reference_does() =>
        AssertFixture("server_optimizers", ServerOptimizerFixture.Check);

    [SharedFact("oracles/meta/meta_train_trajectory.json")]
    public void A_whole_meta_training_run_follows_the_reference() =>
        AssertFixture("meta_train_trajectory", f => TrajectoryFixture.Check(f, ManagedEngine.Instance));

    [SharedFact("oracles/meta/federated_rounds.json")]
    public void Federated_rounds_of_every_algorithm_follow_the_reference() =>
        AssertFixture("federated_rounds", f => FederatedRoundsFixture.Check(f, ManagedEngine.Instance));

    [SharedFact("oracles/meta/cox.json")]
    public void The_Cox_loss_and_its_derivatives_are_met() =>
        AssertFixture("cox", f => CoxFixture.Check(f, ManagedEngine.Instance));

    [SharedFact("oracles/meta/metrics.json")]
    public void Metrics_equal_the_reference_and_are_null_where_it_is_null() =>
        AssertFixture("metrics", MetricsFixture.Check);

    private static void AssertFixture(string name, Func<JsonElement, IEnumerable<OracleResult>> check)
    {
        var results = check(Read(SharedFolder.Find($"oracles/meta/{name}.json")!)).ToList();
        Assert.True(results.Count >= 6, $"{name} gave only {results.Count} comparisons");
        Assert.All(results, Passes(name));
    }

    private static Action<OracleResult> Passes(string file) =>
        result => Assert.True(result.Passed, $"{Path.GetFileName(file)} {result}");

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
}
