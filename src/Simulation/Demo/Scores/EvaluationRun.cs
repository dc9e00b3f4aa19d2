using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using FedMeta.Client.Adaptation;
using FedMeta.Client.Commands;
using FedMeta.Client.Models;
using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>
/// The table at the end: what every hospital's own <c>fedmeta-client evaluate</c> said, and beside it the reference
/// models that
/// are computed here from all files together, which no federation could do.
/// </summary>
/// <param name="members">The hospitals.</param>
/// <param name="study">The study.</param>
/// <param name="model">The meta-model, to judge patient by patient for the comparisons.</param>
internal sealed class EvaluationRun(IReadOnlyList<HospitalSite> members, VerifiedStudy study, StudyModel model)
{
    public const string AtHospitals = "by fedmeta-client evaluate, at each hospital";
    public const string Here = "computed on this machine from all files, no privacy";
    private const string PrevalenceOnly = "prevalence only";
    // Beyond it the references, each trained to its end with a search for its weight decay, outlast the demo.
    private const int LargestReference = 500;

    /// <summary>Names of the rows that hospitals computed; all others are references.</summary>
    private readonly HashSet<string> _own = [];

    public async Task<(EvaluationFile File, XElement Picture)> RunAsync(
        string privacy, SiteScores? newcomer, CancellationToken cancel)
    {
        var reports = new EvaluationReport[members.Count];
        var two = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancel };
        await Parallel.ForAsync(0, members.Count, two, async (i, stop) =>
            reports[i] = await AtHospitalAsync(members[i], stop));
        _own.UnionWith(reports.SelectMany(r => r.Models).Select(m => Name(m.Model)));
        var judged = Judged();
        var rows = members.SelectMany((member, i) => Rows(member.Name, reports[i], judged[i])).ToList();
        var sites = members.Select((member, i) => Scores(member.Name, reports[i], rows)).ToList();
        var models = sites[0].Models.Select(m => m.Model).ToList();
        string[] others =
        [
            HospitalEvaluation.Alone,
            .. models.Where(m => m is not (HospitalEvaluation.Adapted or HospitalEvaluation.Alone or PrevalenceOnly)),
        ];
        var file = new EvaluationFile(
            study.Name,
            Method(),
            privacy,
            "accuracy at 0.5; AUROC with a bootstrap interval, null where one class; log loss; Brier; ece in 10 "
            + "bins; macro: every hospital counts the same, for AUROC those with two held-out patients of each class; "
            + "comparisons: patients resampled within each hospital, 95 %",
            [.. models.Select(m => ModelSummary.Of(m, _own.Contains(m) ? AtHospitals : Here, sites))],
            [.. others.Where(models.Contains).Select(o => Against(o, judged))],
            sites,
            newcomer);
        string[] drawn = [HospitalEvaluation.Unadapted, HospitalEvaluation.Adapted, .. others.Where(o =>
            o == HospitalEvaluation.Alone || o.EndsWith("intercept recalibration", StringComparison.Ordinal))];
        return (file, SiteTablePicture.Draw($"{study.Name}: models by hospital", study.Model.Loss,
            [.. rows.Where(row => drawn.Contains(row.Model))]));
    }

    private async Task<EvaluationReport> AtHospitalAsync(HospitalSite hospital, CancellationToken cancel)
    {
        var output = await hospital.RunAsync(["evaluate", study.Name, "--draws", "0", "--json"], cancel);
        return JsonSerializer.Deserialize(output, OutputShapes.Default.EvaluationReport)
            ?? throw new FedMetaException(ExitCode.Unexpected, $"{hospital.Name} evaluated nothing", "see "
                + "commands.log");
    }

    /// <summary>For every hospital its own models, computed again here, and the references.</summary>
    private List<Dictionary<string, Judgement>> Judged()
    {
        var (ordinary, shared) = HospitalAdaptation.Ordinary(study, model);
        var engine = ordinary.CreateModel();
        var data = members.Select(m => SiteFiles.Data(m, study)).ToList();
        var sites = data.Select((d, i) => new Site(members[i].Name, d.Train, d.Test)).ToList();
        IReadOnlyList<BaselineResult> references = study.Model.ParameterCount > LargestReference ? []
            : Baselines.All(engine, sites, new BaselineSettings(Seed: study.Seed));
        return
        [
            .. data.Select((site, i) =>
            {
                var adapted = HospitalAdaptation.Adapt(study, model, site.Train, shots: null);
                var judged = HospitalEvaluation.Models(ordinary, engine, shared, adapted, site)
                    .ToDictionary(row => Name(row.Name), row => row.Judged);
                foreach (var reference in references.Where(r => r.Name is not ("local only" or PrevalenceOnly)))
                    judged[reference.Name] = Judgement.Of(engine, reference.Thetas[i], site.Test);
                return judged;
            }),
        ];
    }

    /// <summary>What the hospital said, then the references.</summary>
    private IEnumerable<SiteRow> Rows(string hospital, EvaluationReport report, Dictionary<string, Judgement> judged) =>
    [
        .. report.Models.Select(row => new SiteRow(hospital, Name(row.Model), row.Evaluation)),
        .. judged.Where(j => !_own.Contains(j.Key)).Select(j =>
            new SiteRow(hospital, j.Key, Evaluator.Evaluate(j.Value, study.Seed))),
    ];

    private static SiteScores Scores(string hospital, EvaluationReport report, List<SiteRow> rows) => new(
        hospital, report.TrainRows, report.TestRows, report.Models[0].Evaluation.Positives ?? 0, report.Adaptation,
        [.. rows.Where(row => row.Site == hospital).Select(row => Score.Of(row.Model, row.Evaluation))]);

    private Comparison Against(string other, List<Dictionary<string, Judgement>> judged) => Comparison.Of(
        HospitalEvaluation.Adapted, other, [.. judged.Select(j => (j[HospitalEvaluation.Adapted], j[other]))],
        study.Seed);

    /// <summary>Each hospital names the adaptation that its guard chose; over the hospitals it is one row.</summary>
    private static string Name(string model) =>
        model.StartsWith(HospitalEvaluation.Adapted, StringComparison.Ordinal) ? HospitalEvaluation.Adapted : model;

    private string Method() => string.Create(CultureInfo.InvariantCulture,
        $"{study.Algorithm.Name} on {study.Model.Kind} ({study.Model.ParameterCount} parameters), {study.Rounds} "
        + $"rounds, adapted at each "
        + $"hospital on its own training patients under a guard")
        + (study.Model.ParameterCount > LargestReference ? "; no references for a model of this size" : "");
}
