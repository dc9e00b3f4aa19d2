using System.Globalization;
using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>The new hospital: the meta-model as it came, and as its own command adapted it to a few patients.</summary>
internal static class NewcomerScores
{
    public static SiteScores Of(HospitalSite hospital, VerifiedStudy study, string shared, string adapted, int shots)
    {
        var site = SiteFiles.Read(hospital, study);
        var engine = study.CreateModel();
        var own = Read(adapted);
        Score Judge(string name, ReadOnlySpan<double> theta) =>
            Score.Of(name, Evaluator.Evaluate(engine, theta, site.Test, study.Seed));
        return new SiteScores(
            hospital.Name,
            site.Train.Count,
            site.Test.Count,
            site.Test.Targets.ToArray().Count(y => y > 0),
            string.Create(CultureInfo.InvariantCulture, $"{own.Provenance["adaptation"]} on {shots} of its own "
                + $"patients"),
            [
                Judge("meta-model, unadapted", Read(shared).Theta.AsSpan()),
                Judge("meta-model, adapted", own.Theta.AsSpan()),
                Judge("prevalence only, all its training patients", Baselines.PrevalenceOnly(engine, site.Train)),
                Judge("this hospital alone, all its training "
                    + "patients", Baselines.LocalOnly(engine, site.Train, new BaselineSettings(Seed: study.Seed))),
            ]);
    }

    private static ModelFile Read(string path)
    {
        using var stream = File.OpenRead(path);
        var reading = ModelFileReader.Read(stream);
        return reading.Model ?? throw new FedMetaException(ExitCode.Unexpected, $"{path}: {reading.Refusal}", "see "
            + "commands.log");
    }
}
