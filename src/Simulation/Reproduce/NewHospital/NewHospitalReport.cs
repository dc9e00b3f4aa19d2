using System.Text.Json.Serialization;
using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.Heart;
using Spectre.Console;

namespace FedMeta.Simulation.Reproduce.NewHospital;

/// <summary>Leave one hospital out: every way, number of patients and hospital.</summary>
internal sealed record NewHospitalReport(
    [property: JsonPropertyName("hospitals")] HeartPopulation[] Hospitals,
    [property: JsonPropertyName("seeds")] int Seeds,
    [property: JsonPropertyName("draws")] int Draws,
    [property: JsonPropertyName("rows")] NewcomerRow[] Rows)
{
    /// <summary>The words for scaling by the training hospitals.</summary>
    public const string Federated = "training hospitals";

    /// <summary>The words for scaling by the newcomer's own patients.</summary>
    public const string Own = "own patients";

    /// <summary>Trains, adapts and scores everything.</summary>
    public static NewHospitalReport Play(IReadOnlyList<HeartHospital> hospitals, HeartSettings settings, int seeds,
        int draws, IAnsiConsole console)
    {
        var model = ManagedEngine.Instance.Build<double>(
            ModelSpec.FromStudy("logistic", hospitals[0].Patients.InputWidth, 1, []));
        return new NewHospitalReport([.. hospitals.Select(HeartPopulation.Of)], seeds, draws,
        [
            .. Rows(ScalingOrigin.Federation, Federated), .. Rows(ScalingOrigin.Hospital, Own),
        ]);

        IEnumerable<NewcomerRow> Rows(ScalingOrigin scaling, string name)
        {
            var runs = ReproductionRuns.Play(console, $"Leave one hospital out, mean and deviation of {name}",
                seeds * hospitals.Count, NewHospitalWays.Trainings, (run, trained) => LeaveOneOut.Play(
                    model, hospitals, run % hospitals.Count, scaling, settings, draws,
                    (ulong)(run / hospitals.Count) + 1, trained));
            // One list a seed, its hospitals one after the other.
            var bySeed = runs.Chunk(hospitals.Count).Select(seed => seed.SelectMany(s => s).ToList()).ToList();
            return bySeed[0].Select(s => s.Way).Distinct().Select(way => new NewcomerRow(way, name,
            [
                .. LeaveOneOut.Patients
                    .Select(k => (k, Scores: bySeed.Select(seed =>
                        seed.Where(s => s.Way == way && s.Patients == k).ToList()).ToList()))
                    .Where(point => point.Scores[0].Count > 0)
                    .Select(point => NewcomerPoint.Of(point.k, point.Scores)),
            ]));
        }
    }
}
