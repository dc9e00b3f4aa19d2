using System.Text.Json.Serialization;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.Simulation.Reproduce.Heart;
using FedMeta.Simulation.Reproduce.Tables;
using FedMeta.Simulation.Reproduce.Training;
using Spectre.Console;

namespace FedMeta.Simulation.Reproduce.PatientPrivacy;

/// <summary>What privacy costs on the published split. No federation is ten local steps from zero.</summary>
internal sealed record PatientPrivacyReport(
    [property: JsonPropertyName("seeds")] int Seeds,
    [property: JsonPropertyName("rounds")] int Rounds,
    [property: JsonPropertyName("delta")] double Delta,
    [property: JsonPropertyName("colluders")] int Colluders,
    [property: JsonPropertyName("patients")] int Patients,
    [property: JsonPropertyName("public_constants")] bool PublicConstants,
    [property: JsonPropertyName("no_federation")] SiteScore Untrained,
    [property: JsonPropertyName("rows")] PrivacyRow[] Rows)
{
    private const int LocalSteps = 10;
    private const double LocalRate = 0.3;

    /// <summary>Trains every form at every epsilon with every seed.</summary>
    /// <param name="hospitals">Rows not yet scaled.</param>
    /// <param name="study">Whose public constants scale them; null: each hospital's own mean and deviation.</param>
    /// <param name="settings">Delta, colluders and rounds.</param>
    /// <param name="seeds">How many.</param>
    /// <param name="now">The date of the identities.</param>
    /// <param name="console">Shows the progress.</param>
    public static PatientPrivacyReport Play(IReadOnlyList<HeartHospital> hospitals, DataTerms? study,
        PrivacySettings settings, int seeds, DateTimeOffset now, IAnsiConsole console)
    {
        var sites = study is null
            ? HeartSplit.Published(hospitals, ScalingOrigin.Hospital) : HeartSplit.Published(hospitals, study);
        var spec = ModelSpec.FromStudy("logistic", hospitals[0].Patients.InputWidth, 1, []);
        var model = ManagedEngine.Instance.Build<double>(spec);
        var rates = new double[spec.ParameterCount];
        rates.AsSpan().Fill(LocalRate);
        return new PatientPrivacyReport(seeds, settings.Rounds, settings.Delta, settings.Colluders,
            sites.Sum(s => s.Train.Count), study is not null, Steps(new double[spec.ParameterCount]),
            [.. PrivateForm.All.Select(Row)]);

        PrivacyRow Row(PrivateForm form)
        {
            using var sizes = new PrivateStudy(spec, sites, form, 0, now);
            var plans = PrivacySettings.Epsilons.Select(e => double.IsPositiveInfinity(e) ? null
                : settings.Plan(form, e, sites.Count, sizes.Dimension, sizes.Vectors.Max())).ToList();
            var runs = ReproductionRuns.Play(console, form.Name, seeds, plans.Count, (run, trained) =>
                plans.Select(plan =>
                {
                    var seed = (ulong)run + 1;
                    using var study = new PrivateStudy(spec, sites, form, seed, now);
                    var theta = study.Train(settings.Rounds, plan);
                    trained();
                    return (Steps: Steps(theta), Guarded: Guarded(theta, seed));
                }).ToList());
            return new PrivacyRow(form, form.Name, PrivacyNames.Of(form.Unit), sizes.Vectors.Sum(),
                [.. plans.Select((plan, i) => new PrivacyCell(plan?.Request.Epsilon,
                    ScoreSpread.Of([.. runs.Select(r => r[i].Steps)]),
                    ScoreSpread.Of([.. runs.Select(r => r[i].Guarded)]),
                    MeanAndSpread.Of(runs.Select(r => (double?)(r[0].Steps.Accuracy - r[i].Steps.Accuracy))),
                    plan is null ? null : PrivacyAccount.Of(plan)))]);
        }

        SiteScore Steps(double[] theta) => SiteScore.Macro([.. sites.Select(s => SiteScore.Of(
            model, PlainSteps.Run(model, theta, rates, s.Train, LocalSteps), s.Test))]);

        SiteScore Guarded(double[] theta, ulong seed) => SiteScore.Macro([.. sites.Select(s => SiteScore.Of(model,
            GuardedAdaptation.Adapt<double>(model, theta, rates, s.Train, new AdaptationSettings(Seed: seed)).Theta,
            s.Test))]);
    }
}
