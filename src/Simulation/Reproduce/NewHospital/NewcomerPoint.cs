using System.Text.Json.Serialization;
using FedMeta.Simulation.Reproduce.Heart;

namespace FedMeta.Simulation.Reproduce.NewHospital;

/// <summary>A way with k labelled patients.</summary>
/// <param name="Patients">k.</param>
/// <param name="Macro">The mean over hospitals, over seeds and draws.</param>
/// <param name="Hospitals">Every hospital that has k patients to label, by name.</param>
internal sealed record NewcomerPoint(
    [property: JsonPropertyName("patients")] int Patients,
    [property: JsonPropertyName("macro")] ScoreSpread Macro,
    [property: JsonPropertyName("hospitals")] IReadOnlyDictionary<string, ScoreSpread> Hospitals)
{
    /// <summary>Puts the scores of one way and k together; one list a seed.</summary>
    public static NewcomerPoint Of(int patients, IReadOnlyList<IReadOnlyList<NewcomerScore>> seeds) => new(
        patients,
        ScoreSpread.Of([.. seeds.SelectMany(seed => seed.GroupBy(s => s.Draw),
            (_, draw) => SiteScore.Macro([.. draw.Select(s => s.Score)]))]),
        seeds.SelectMany(s => s).GroupBy(s => s.Hospital).ToDictionary(
            g => g.Key, g => ScoreSpread.Of([.. g.Select(s => s.Score)])));
}
