using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.Training;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>Every row of the methods table on one split, by the library's baselines and algorithms.</summary>
internal static class HeartMethods
{
    /// <summary>Rows of <see cref="Play"/>, each trained and scored: what a progress bar counts.</summary>
    public const int Trainings = 13;

    private static readonly (string Algorithm, string Name, int[] Steps)[] Meta =
    [
        ("maml", "MAML", [0, 1, 10]),
        ("fomaml", "FOMAML", [10]),
        ("per-fedavg", "Per-FedAvg (exact)", [10]),
        ("reptile", "Reptile", [10]),
        ("meta-sgd", "Meta-SGD", [1, 10]),
        ("bias-only", "MAML, bias-only inner loop", [10]),
    ];

    /// <summary>Trains everything and scores it at every hospital.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sites">The split.</param>
    /// <param name="settings">Rounds and rates.</param>
    /// <param name="seed">Of initial parameters, drawn tasks and folds.</param>
    /// <param name="trained">Called after each of <see cref="Trainings"/> models.</param>
    public static HeartRun Play(
        IModel<double> model, IReadOnlyList<Site> sites, HeartSettings settings, ulong seed, Action trained)
    {
        var rows = new List<MethodScores>();
        var federations = new Dictionary<string, FederatedModel>();
        var baselines = settings.Baselines(seed);
        Row("local only, decay by cross-validation", s => Baselines.LocalOnly(model, s.Train, baselines));
        trained();
        Row("prevalence only", s => Baselines.PrevalenceOnly(model, s.Train));
        var pooled = Baselines.Pooled(model, sites, baselines);
        trained();
        Row("pooled, unadapted", _ => pooled);
        Row("pooled + intercept recalibration", s => Baselines.Recalibrated(model, pooled, s.Train));
        var uniform = Baselines.FedAvg(model, sites, baselines, weightByPatients: false);
        trained();
        Row("FedAvg uniform, unadapted", _ => uniform);
        Row("FedAvg uniform + intercept recalibration", s => Baselines.Recalibrated(model, uniform, s.Train));
        var byPatients = Baselines.FedAvg(model, sites, baselines, weightByPatients: true);
        trained();
        Row("FedAvg by patients, unadapted", _ => byPatients);
        Row("FedAvg by patients + 10 steps", s => Baselines.FineTuned(model, byPatients, s.Train, baselines));
        Row("FedAvg by patients + intercept recalibration", s => Baselines.Recalibrated(model, byPatients, s.Train));
        Row("FedAvg by patients + proximal fine-tuning",
            s => Baselines.Proximal(model, byPatients, s.Train, baselines));
        trained();
        Row("FedAvg by patients, guarded choice", s => Guarded(byPatients, Rates(baselines.FineTuneRate), s));
        foreach (var (algorithm, name, steps) in Meta)
        {
            var learned = Learn(algorithm, byPatients: false);
            foreach (var k in steps)
                Row($"{name}, {k} {(k == 1 ? "step" : "steps")}",
                    s => PlainSteps.Run(model, learned.Theta, learned.Rates, s.Train, k));
            if (algorithm is "maml" or "meta-sgd")
                Row($"{name}, guarded choice", s => Guarded(learned.Theta, learned.Rates, s));
        }

        foreach (var (algorithm, name) in (IEnumerable<(string, string)>)
            [("meta-sgd", "Meta-SGD by patients"), ("bias-only", "MAML, bias-only inner loop by patients")])
        {
            var learned = Learn(algorithm, byPatients: true);
            Row($"{name}, 10 steps", s => PlainSteps.Run(model, learned.Theta, learned.Rates, s.Train, 10));
        }

        return new HeartRun(rows, federations);

        void Row(string name, Func<Site, double[]> theta) => rows.Add(new MethodScores(name,
            [.. sites.Select(s => SiteScore.Of(model, theta(s), s.Test))]));

        FederatedModel Learn(string algorithm, bool byPatients)
        {
            var learned = FederatedTraining.Train(
                model, [.. sites.Select(s => s.Train)], settings.Plan(algorithm, byPatients), seed);
            if (!byPatients) federations.Add(algorithm, learned);
            trained();
            return learned;
        }

        double[] Rates(double rate)
        {
            var rates = new double[model.ParameterCount];
            rates.AsSpan().Fill(rate);
            return rates;
        }

        // As fedmeta-client adapts: candidates compared on held-out training patients.
        double[] Guarded(double[] theta, double[] rates, Site site) =>
            GuardedAdaptation.Adapt(model, theta, rates, site.Train, new AdaptationSettings(Seed: seed)).Theta;
    }
}
