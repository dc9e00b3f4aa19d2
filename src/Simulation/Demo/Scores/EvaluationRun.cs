using System.Globalization;
using System.Text.Json;
using FedMeta.Client.Commands;
using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>
/// The table at the end: what every hospital's own <c>fedmeta-client evaluate</c> said, and beside it the reference
/// models that
/// are computed here from all files together, which no federation could do.
/// </summary>
internal sealed class EvaluationRun(IReadOnlyList<HospitalSite> members, VerifiedStudy study, string studyName)
{
    public const string AtHospitals = "by fedmeta-client evaluate, at each hospital";
    public const string Here = "computed on this machine from all files, no privacy";
    // Beyond it the references, each trained to its end with a search for its weight decay, outlast the demo.
    private const int LargestReference = 500;
    private const string Unadapted = "meta-model, unadapted";
    private const string Adapted = "meta-model, adapted";

    /// <summary>Names of the rows that hospitals computed; all others are references.</summary>
    private readonly HashSet<string> _own = [];

    public async Task<EvaluationFile> RunAsync(string privacy, SiteScores? newcomer, CancellationToken cancel)
    {
        var reports = new SiteScores[members.Count];
        var two = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancel };
        await Parallel.ForAsync(0, members.Count, two, async (i, stop) =>
            reports[i] = await AtHospitalAsync(members[i], stop));
        _own.UnionWith(reports.SelectMany(r => r.Models).Select(m => m.Model));
        var sites = WithReferences(reports);
        var models = sites[0].Models.Select(m => m.Model).ToList();
        string[] others = [Unadapted, "this hospital alone, weight decay by cross-validation", .. References(models)];
        return new EvaluationFile(
            studyName,
            Method(),
            privacy,
            "accuracy at 0.5; AUROC with a bootstrap interval, null where one class; log loss; Brier; ece in 10 "
            + "bins; macro: every hospital counts the same, for AUROC those with two held-out patients of each class",
            [.. models.Select(m => ModelSummary.Of(m, _own.Contains(m) ? AtHospitals : Here, sites))],
            [.. others.Where(models.Contains).Select(o => Comparison.Of(Adapted, o, sites))],
            sites,
            newcomer);
    }

    private IEnumerable<string> References(IEnumerable<string> models) =>
        models.Where(m => !_own.Contains(m) && m != "prevalence only");

    private async Task<SiteScores> AtHospitalAsync(HospitalSite hospital, CancellationToken cancel)
    {
        var output = await hospital.RunAsync(["evaluate", studyName, "--json"], cancel);
        var report = JsonSerializer.Deserialize(output, OutputShapes.Default.EvaluationReport)
            ?? throw new FedMetaException(ExitCode.Unexpected, $"{hospital.Name} evaluated nothing", "see "
                + "commands.log");
        var scores = report.Models.Select(row => Score.Of(Name(row.Model), row.Evaluation)).ToList();
        return new SiteScores(
            hospital.Name, report.TrainRows, report.TestRows, report.Models[0].Evaluation.Positives ?? 0,
                report.Adaptation, scores);
    }

    private List<SiteScores> WithReferences(SiteScores[] sites)
    {
        if (study.Model.ParameterCount > LargestReference) return [.. sites];
        var files = members.Select(m => SiteFiles.Read(m, study)).ToList();
        var model = study.CreateModel();
        var references = Baselines.All(model, files, new BaselineSettings(Seed: study.Seed))
            .Where(b => !_own.Contains(b.Name) && b.Name != "local only")
            .Select(b => (b.Name, Scores: b.Evaluate(model, files, study.Seed))).ToList();
        return
        [
            .. sites.Select((site, i) => site with
            {
                Models = [.. site.Models, .. references.Select(r => Score.Of(r.Name, r.Scores[i]))],
            }),
        ];
    }

    /// <summary>Each hospital names the adaptation that its guard chose; over the hospitals it is one row.</summary>
    private static string Name(string model) => model.StartsWith(Adapted, StringComparison.Ordinal) ? Adapted : model;

    private string Method() => string.Create(CultureInfo.InvariantCulture,
        $"{study.Algorithm.Name} on {study.Model.Kind} ({study.Model.ParameterCount} parameters), {study.Rounds} "
        + $"rounds, adapted at each "
        + $"hospital on its own training patients under a guard")
        + (study.Model.ParameterCount > LargestReference ? "; no references for a model of this size" : "");
}
