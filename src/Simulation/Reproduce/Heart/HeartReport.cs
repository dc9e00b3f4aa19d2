using System.Text.Json.Serialization;
using FedMeta.Learning;
using Spectre.Console;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>The methods table of the heart hospitals.</summary>
internal sealed record HeartReport(
    [property: JsonPropertyName("hospitals")] HeartPopulation[] Hospitals,
    [property: JsonPropertyName("seeds")] int Seeds,
    [property: JsonPropertyName("tables")] HeartTable[] Tables)
{
    /// <summary>Trains and scores everything.</summary>
    /// <param name="hospitals">The file.</param>
    /// <param name="cases">The tables, in order.</param>
    /// <param name="settings">Rounds and rates.</param>
    /// <param name="seeds">Seeds 1 to this.</param>
    /// <param name="console">Where progress is shown.</param>
    public static HeartReport Play(
        IReadOnlyList<HeartHospital> hospitals, IReadOnlyList<HeartCase> cases, HeartSettings settings, int seeds,
        IAnsiConsole console) => new(
            [.. hospitals.Select(HeartPopulation.Of)], seeds, [.. cases.Select(kind =>
            {
                var spec = kind.Spec(hospitals[0].Patients.InputWidth);
                var model = ManagedEngine.Instance.Build<double>(spec);
                var runs = ReproductionRuns.Play(console, kind.Title, seeds, HeartMethods.Trainings, (i, trained) =>
                {
                    var seed = (ulong)i + 1;
                    return HeartMethods.Play(model, kind.Sites(hospitals, seed), settings, seed, trained);
                });
                return HeartTable.Of(kind, spec, settings, runs);
            })]);
}
