using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.Training;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>
/// How everything is trained, one setting for all of a kind and for every split, seed and scaling. The reference states
/// the bias-only loop (rate 2, K = 3, judged after 10 steps) and the 300 rounds of Meta-SGD; that its other inner rates
/// are 0.3 follows from what ten steps do to its FedAvg; the rest is ours, the activation of the network included.
/// </summary>
/// <param name="Rounds">Rounds of every federation.</param>
/// <param name="FitSteps">Steps to fit a network that is no federation's.</param>
internal sealed record HeartSettings(int Rounds = 300, int FitSteps = 500)
{
    private const double InnerRate = 0.3, BiasRate = 2, MetaSgdStart = 0.1;
    private const int InnerSteps = 3, Shots = 20;

    private static readonly ServerOptimizerSettings Adam = new("adam", 0.01, 0.9, 0.999, 1e-8);

    /// <summary>FedAvg, fine-tuning, pooled and local-only models.</summary>
    public BaselineSettings Baselines(ulong seed) => new(
        Rounds, LocalSteps: 5, LocalRate: 0.1, FineTuneSteps: 10, FineTuneRate: InnerRate, FitSteps: FitSteps,
        Seed: seed);

    /// <summary>The plan of an algorithm by its name in a study.</summary>
    public FederatedPlan Plan(string algorithm, bool byPatients = false) => algorithm switch
    {
        "bias-only" => Meta(algorithm, BiasRate, byPatients),
        "meta-sgd" => Meta(algorithm, MetaSgdStart, byPatients),
        "per-fedavg" => new FederatedPlan(new AlgorithmSettings(algorithm, InnerRate, InnerSteps, LocalRate: 0.1),
            new ServerOptimizerSettings("sgd", 1), Rounds, Shots, byPatients),
        "reptile" => new FederatedPlan(new AlgorithmSettings(algorithm, InnerRate, InnerSteps),
            new ServerOptimizerSettings("sgd", 0.5), Rounds, Shots: 0, byPatients),
        _ => Meta(algorithm, InnerRate, byPatients),
    };

    private FederatedPlan Meta(string algorithm, double rate, bool byPatients) =>
        new(new AlgorithmSettings(algorithm, rate, InnerSteps), Adam, Rounds, Shots, byPatients);
}
