using FedMeta.Client.Data;
using FedMeta.Client.Models;
using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.Adaptation;

/// <summary>Judges models on the hospital's held-out patients. Nothing of it leaves the hospital.</summary>
internal static class HospitalEvaluation
{
    /// <summary>The row of the shared model as it came.</summary>
    public const string Unadapted = "meta-model, unadapted";

    /// <summary>How the name of the adapted model's row begins.</summary>
    public const string Adapted = "meta-model, adapted";

    /// <summary>The row of the model that needs no federation.</summary>
    public const string Alone = "this hospital alone, weight decay by cross-validation";

    private const string ForwardPass = "meta-model's forward pass";
    private const int PlainSteps = 10;

    /// <summary>Compares the shared model, the adapted one, other ways to adapt it, what the hospital could do alone,
    /// and another study's model where one is given.</summary>
    /// <param name="study">The study.</param>
    /// <param name="model">Its meta-model.</param>
    /// <param name="modelHash">Hash of its file.</param>
    /// <param name="data">The hospital's rows; adaptation sees the training fold alone.</param>
    /// <param name="options">Curves, subgroups and a model beside; null for the usual.</param>
    /// <exception cref="FedMetaException">The model beside is none to compare with.</exception>
    public static EvaluationReport Run(
        VerifiedStudy study, StudyModel model, string modelHash, SiteData data, EvaluationOptions? options = null)
    {
        var asked = options ?? new EvaluationOptions();
        asked.Beside?.RequireComparable(study, data);
        var adapted = HospitalAdaptation.Adapt(study, model, data.Train, shots: null);
        var (ordinary, shared) = HospitalAdaptation.Ordinary(study, model);
        var engine = ordinary.CreateModel();
        var judged = Models(ordinary, engine, shared, adapted, data);
        if (asked.Beside is { } beside) judged.AddRange(beside.Judged(PlainSteps, study.Algorithm.InnerRate));
        var ours = judged[1];
        return new EvaluationReport(
            study.Name,
            study.Hash,
            modelHash,
            data.Train.Count,
            data.Test.Count,
            data.Split.Seed,
            ordinary.Model.Loss,
            adapted.Reason,
            [
                .. judged.AsParallel().AsOrdered()
                    .Select(row => new EvaluationRow(row.Name, Evaluator.Evaluate(row.Judged, study.Seed))),
            ])
        {
            Warnings = HospitalAdaptation.Warnings(study, model, adapted, data.Train),
            Missing = Missing(study, asked.Beside?.Study),
            Candidates = adapted.Candidates,
            Comparisons =
            [
                .. judged.Where(row => row.Name != ours.Name).OrderBy(row => row.Name != Alone).Select(other =>
                    PairedComparison.Of(ours.Name, other.Name, ours.Judged, other.Judged, study.Seed)),
            ],
            Reliability =
            [
                .. judged.Take(2).Select(row => new ReliabilityDiagram(row.Name, row.Judged.Reliability()))
                    .Where(diagram => diagram.Bins.Count > 0),
            ],
            Curves = asked.Draws == 0 ? []
                : AdaptationCurves.Draw(engine, Ways(study, model, shared, engine),
                    new Site(study.Name, data.Train, data.Test),
                    new CurveSettings(Draws: asked.Draws, Seed: study.Seed)),
            Subgroups = asked.By is { } feature ? Groups(study, engine, judged, data.Test, feature) : [],
        };
    }

    /// <summary>Every model that a hospital has by itself, judged: the unadapted one first, the adapted one
    /// next.</summary>
    public static List<(string Name, double[] Theta, Judgement Judged)> Models(
        VerifiedStudy study, IModel<double> engine, StudyModel model, AdaptationResult<double> adapted, SiteData data)
    {
        var settings = new BaselineSettings(
            Seed: study.Seed, FineTuneSteps: PlainSteps, FineTuneRate: study.Algorithm.InnerRate);
        var shared = model.File.Theta.ToArray();
        var train = data.Train;
        List<(string Name, double[] Theta)> models =
            [(Unadapted, shared), ($"{Adapted} ({adapted.Name})", adapted.Theta)];
        if (train.Count > 0)
        {
            var (from, start) = adapted.Unguarded is { } pass ? (ForwardPass, pass) : ("meta-model", shared);
            if (from == ForwardPass) models.Add(($"{ForwardPass}, unguarded", start));
            if (study.Model.Loss != LossKind.CoxPartialLikelihood)
                models.Add(($"{from} + intercept recalibration", Baselines.Recalibrated(engine, start, train)));
            models.Add(($"{from} + {PlainSteps} plain steps, unguarded",
                Baselines.FineTuned(engine, start, train, settings)));
            models.Add(($"{from} + proximal fine-tuning", Baselines.Proximal(engine, start, train, settings)));
            models.Add((Alone, Baselines.LocalOnly(engine, train, settings)));
            models.Add(("prevalence only", Baselines.PrevalenceOnly(engine, train)));
        }

        return [.. models.Select(m => (m.Name, m.Theta, Judgement.Of(engine, m.Theta, data.Test)))];
    }

    /// <summary>The usual ways; where a pass makes the model, the pass and what the guard makes of it.</summary>
    private static IReadOnlyList<AdaptationWay> Ways(
        VerifiedStudy study, StudyModel model, StudyModel shared, IModel<double> engine)
    {
        var theta = shared.File.Theta.ToArray();
        var algorithm = study.CreateAlgorithm();
        var settings = HospitalAdaptation.Settings(study, algorithm);
        return algorithm is IForwardAdaptation<double> forward
            ? AdaptationWays.Forward(engine, theta, forward, ManagedEngine.Instance, model.State, settings)
            : AdaptationWays.Usual(engine, theta, algorithm.InnerRates(model.State), settings);
    }

    private static List<SubgroupRow> Groups(
        VerifiedStudy study, IModel<double> engine, List<(string Name, double[] Theta, Judgement Judged)> judged,
        Batch<double> test, string feature) =>
    [
        .. from @group in Subgroups.Of(study, test, feature)
           from row in judged.Take(2)
           select new SubgroupRow(@group.Group, row.Name,
               Evaluator.Evaluate(engine, row.Theta, test.Select(@group.Rows), study.Seed)),
    ];

    private static List<string> Missing(VerifiedStudy study, VerifiedStudy? beside)
    {
        List<string> missing =
        [
            "pooled training: it is for where data may be put together, and no hospital may see the others' rows",
        ];
        if (!IsAveraging(study) && (beside is null || !IsAveraging(beside)))
            missing.Add("federated averaging: this study trained by " + study.Algorithm.Name
                + "; name a study of fedavg among the same hospitals with --beside");
        return missing;
    }

    private static bool IsAveraging(VerifiedStudy study) => study.Algorithm.Name is "fedavg" or "fedprox" or "fedsgd";
}
