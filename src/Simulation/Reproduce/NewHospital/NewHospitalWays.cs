using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.Heart;
using FedMeta.Simulation.Reproduce.Training;

namespace FedMeta.Simulation.Reproduce.NewHospital;

/// <summary>What a hospital that took no part can do with a federation's models and k labelled patients.</summary>
internal static class NewHospitalWays
{
    /// <summary>Models that <see cref="Train"/> trains on one set of hospitals: what a progress bar counts.</summary>
    public const int Trainings = 6;

    private static readonly (string Algorithm, string Name, int[] Steps)[] Meta =
    [
        ("maml", "MAML", [1, 10]),
        ("reptile", "Reptile", [3]),
        ("per-fedavg", "Per-FedAvg (exact)", [3]),
        ("meta-sgd", "Meta-SGD", [3]),
        ("bias-only", "MAML, bias-only inner loop", [10]),
    ];

    /// <summary>Trains on the other hospitals.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sites">The other hospitals' patients, scaled.</param>
    /// <param name="settings">Rounds and rates.</param>
    /// <param name="seed">Of initial parameters, drawn tasks and folds.</param>
    /// <param name="trained">Called after each of <see cref="Trainings"/> models.</param>
    public static IReadOnlyList<AdaptationWay> Train(IModel<double> model, IReadOnlyList<Batch<double>> sites,
        HeartSettings settings, ulong seed, Action trained)
    {
        var baselines = settings.Baselines(seed);
        var shared = Baselines.FedAvg(
            model, [.. sites.Select(s => new Site("", s, s))], baselines, weightByPatients: true);
        trained();
        var rates = new double[model.ParameterCount];
        rates.AsSpan().Fill(baselines.FineTuneRate);
        List<AdaptationWay> ways =
        [
            AdaptationWays.Alone(model, baselines),
            Steps("FedAvg by patients", shared, rates, 3),
            Steps("FedAvg by patients", shared, rates, 10),
            AdaptationWays.Recalibration(model, shared) with { Name = "FedAvg by patients + intercept recalibration" },
            Guarded("FedAvg by patients", shared, rates),
        ];
        foreach (var (algorithm, name, steps) in Meta)
        {
            var learned = FederatedTraining.Train(model, sites, settings.Plan(algorithm), seed);
            trained();
            ways.AddRange(steps.Select(k => Steps(name, learned.Theta, learned.Rates, k)));
            if (algorithm == "meta-sgd") ways.Add(Guarded(name, learned.Theta, learned.Rates));
        }

        return ways;

        AdaptationWay Steps(string name, double[] theta, double[] rates, int steps) => new(
            $"{name}, {steps} {(steps == 1 ? "step" : "steps")}", theta,
            support => PlainSteps.Run(model, theta, rates, support, steps));

        AdaptationWay Guarded(string name, double[] theta, double[] rates) =>
            AdaptationWays.Guarded(model, theta, rates, new AdaptationSettings(Seed: seed)) with
            {
                Name = $"{name}, guarded choice",
            };
    }
}
