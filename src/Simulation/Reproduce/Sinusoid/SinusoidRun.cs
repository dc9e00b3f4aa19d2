using System.Text.Json.Serialization;
using FedMeta.Learning;
using FedMeta.Simulation.Bench;
using FedMeta.Simulation.Reproduce.FewShot;

namespace FedMeta.Simulation.Reproduce.Sinusoid;

/// <summary>One method trained with one seed and examined with 10 and with 5 shots.</summary>
internal sealed record SinusoidRun(
    [property: JsonPropertyName("method")] string Method,
    [property: JsonPropertyName("seed")] int Seed,
    [property: JsonPropertyName("iterations")] int Iterations,
    [property: JsonPropertyName("adaptation_rate")] double AdaptationRate,
    [property: JsonPropertyName("training_cpu_seconds")] double CpuSeconds,
    [property: JsonPropertyName("scores")] IReadOnlyList<SinusoidScores> Scores,
    [property: JsonPropertyName("ten_shot_ten_steps_by_iteration")] IReadOnlyDictionary<int, double?> Curve)
{
    /// <summary>Test tasks of each seed.</summary>
    public const int TestTasks = 600;

    private const int MetaBatch = 25;
    private const int Shots = 10;
    private const int CurvePoints = 5;
    private const ulong TestLabel = 1UL << 62;       // no round ever has these numbers
    private const ulong ValidationLabel = TestLabel + 1;

    /// <summary>The network of the reference: 1-40-40-1, ReLU, mean squared error.</summary>
    public static ModelSpec Network { get; } = ModelSpec.FromStudy("mlp-relu", 1, 1, [40, 40], "mse");

    /// <summary>Adam as PyTorch has it.</summary>
    public static ServerOptimizerSettings Server { get; } = new("adam", 1e-3, 0.9, 0.999, 1e-8);

    /// <summary>Trains and examines.</summary>
    /// <param name="method">What.</param>
    /// <param name="seed">Of initial parameters, training tasks and test tasks.</param>
    /// <param name="testTasks">Test tasks.</param>
    /// <param name="after">Called after each meta-iteration.</param>
    public static SinusoidRun Play(SinusoidMethod method, int seed, int testTasks, Action after)
    {
        var model = ManagedEngine.Instance.Build<float>(Network);
        var algorithm = MetaAlgorithms.Create<float>(method.Algorithm, Network);
        var exam = new SinusoidExam(SeededGenerator.Derive((ulong)seed, TestLabel), testTasks);
        var curve = new SortedDictionary<int, double?>();
        var between = Math.Max(1, method.Iterations / CurvePoints);
        var examined = 0.0;
        var initial = Network.Initial(MetaTraining.InitialSeed((ulong)seed));
        var start = CpuClock.ThreadSeconds;
        var theta = new MetaTraining(model, algorithm, [new SinusoidTasks(Shots, Shots)], MetaBatch, Server, threads: 1)
            .Run(initial, (ulong)seed, method.Iterations, (round, state) =>
            {
                after();
                if (round % between != 0) return;
                var before = CpuClock.ThreadSeconds;
                var rates = Rates(SinusoidMethod.InnerRate);
                curve[round] = Estimate.Of(exam.Score(model, state.Span, rates, Shots)[SinusoidExam.Steps.Count - 1])
                    .Mean;
                examined += CpuClock.ThreadSeconds - before;
            });
        var seconds = CpuClock.ThreadSeconds - start - examined;
        var rate = BestRate(method, model, theta, (ulong)seed, testTasks);
        return new SinusoidRun(method.Name, seed, method.Iterations, rate, seconds,
            [.. new[] { Shots, 5 }.Select(shots => SinusoidScores.Of(shots,
                exam.Score(model, theta, Rates(rate), shots)))], curve);
    }

    // Chosen on tasks of their own: a rate chosen on the test tasks would flatter the row.
    private static double BestRate(
        SinusoidMethod method, IModel<float> model, float[] theta, ulong seed, int tasks)
    {
        if (method.AdaptationRates.Count == 1) return method.AdaptationRates[0];
        var validation = new SinusoidExam(SeededGenerator.Derive(seed, ValidationLabel), tasks);
        return method.AdaptationRates.MinBy(rate =>
            Estimate.Of(validation.Score(model, theta, Rates(rate), Shots)[SinusoidExam.Steps.Count - 1]).Mean
            ?? double.PositiveInfinity);
    }

    private static float[] Rates(double rate)
    {
        var rates = new float[Network.ParameterCount];
        rates.AsSpan().Fill((float)rate);
        return rates;
    }
}
