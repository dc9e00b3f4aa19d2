using System.Text.Json.Serialization;
using FedMeta.Learning;
using FedMeta.Simulation.Bench;
using FedMeta.Simulation.Reproduce.FewShot;

namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>A row that was trained with one seed and examined. An algorithm that adapts by a forward pass has a figure
/// for no steps alone.</summary>
internal sealed record OmniglotResult(
    [property: JsonPropertyName("row")] string Key,
    [property: JsonPropertyName("seed")] int Seed,
    [property: JsonPropertyName("parameters")] int Parameters,
    [property: JsonPropertyName("clients")] int Clients,
    [property: JsonPropertyName("training_queries_of_a_class")] int TrainingQueries,
    [property: JsonPropertyName("iterations")] int Iterations,
    [property: JsonPropertyName("training_cpu_seconds")] double CpuSeconds,
    [property: JsonPropertyName("accuracy_after_0_1_3_5_10_steps")] IReadOnlyList<Estimate> AfterSteps,
    [property: JsonPropertyName("accuracy_after_10_guarded_steps")] Estimate? Guarded)
{
    private const int MetaBatch = 16;
    private const ulong TestLabel = 1UL << 62; // no round ever has this number

    /// <summary>Adam as PyTorch has it, at three times the reference's rate: at 1e-3 these starts need about three times
    /// its iterations.</summary>
    private static readonly ServerOptimizerSettings Server = new("adam", 3e-3, 0.9, 0.999, 1e-8);

    /// <summary>Trains and examines.</summary>
    /// <param name="row">What.</param>
    /// <param name="set">The characters.</param>
    /// <param name="seed">Of initial parameters, training tasks and test tasks.</param>
    /// <param name="testTasks">Test tasks.</param>
    /// <param name="after">Called after each meta-iteration.</param>
    public static OmniglotResult Play(OmniglotRow row, CharacterSet set, int seed, int testTasks, Action after)
    {
        var spec = row.Spec(set.Side);
        var method = row.Method == OmniglotRow.Scratch ? "fomaml" : row.Method; // no round of it is played
        var algorithm = MetaAlgorithms.Create<float>(
            new AlgorithmSettings(method, OmniglotRow.InnerRate, OmniglotRow.InnerSteps), spec);
        var trained = ManagedEngine.Instance.Build<float>(algorithm.TrainingSpec);
        var clients = OmniglotClients.Training(set, row.Clients, row.Shots);
        var initial = OmniglotStart.Of(algorithm.Spec, MetaTraining.InitialSeed((ulong)seed));
        var start = CpuClock.ProcessSeconds;
        var state = new MetaTraining(trained, algorithm, clients, MetaBatch, Server, Environment.ProcessorCount)
            .Run(initial, (ulong)seed, row.Iterations, (_, _) => after());
        var seconds = CpuClock.ProcessSeconds - start;
        var exam = new OmniglotExam(OmniglotClients.Test(set, row.Shots),
            SeededGenerator.Derive((ulong)seed, TestLabel), testTasks);
        var (scores, guarded) = Examine(exam, algorithm, state);
        return new OmniglotResult(row.Key, seed, spec.ParameterCount, clients.Count, clients[0].QueriesOfClass,
            row.Iterations, seconds, scores, guarded);
    }

    private static (IReadOnlyList<Estimate> Scores, Estimate? Guarded) Examine(
        OmniglotExam exam, IMetaAlgorithm<float> algorithm, float[] state)
    {
        var model = ManagedEngine.Instance.Build<float>(algorithm.Spec);
        if (algorithm is IForwardAdaptation<float> forward)
            return ([exam.Score(model, support => forward.Adapt(ManagedEngine.Instance, state, support).Theta)], null);
        var scores = exam.Score(model, state, algorithm.InnerRates(state));
        return ([.. scores.SkipLast(1)], scores[^1]);
    }
}
