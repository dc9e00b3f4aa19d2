using System.Text.Json.Serialization;
using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.Heart;

namespace FedMeta.Simulation.Reproduce.NewHospital;

/// <summary>A way with k labelled patients.</summary>
/// <param name="Patients">k; null for all of the half.</param>
/// <param name="Macro">The mean over hospitals, over seeds and draws.</param>
/// <param name="Hospitals">Every hospital that has k patients to label, by name.</param>
/// <param name="Scores">What they rest on.</param>
internal sealed record NewcomerPoint(
    [property: JsonPropertyName("patients")] int? Patients,
    [property: JsonPropertyName("macro")] ScoreSpread Macro,
    [property: JsonPropertyName("hospitals")] IReadOnlyDictionary<string, ScoreSpread> Hospitals,
    [property: JsonIgnore] ILookup<string, SiteScore> Scores)
{
    /// <summary>Puts the scores of one way and k together; one list a seed.</summary>
    public static NewcomerPoint Of(int? patients, IReadOnlyList<IReadOnlyList<NewcomerScore>> seeds)
    {
        var scores = seeds.SelectMany(s => s).ToLookup(s => s.Hospital, s => s.Score);
        return new NewcomerPoint(patients,
            ScoreSpread.Of([.. seeds.SelectMany(seed => seed.GroupBy(s => s.Draw),
                (_, draw) => SiteScore.Macro([.. draw.Select(s => s.Score)]))]),
            scores.ToDictionary(g => g.Key, g => ScoreSpread.Of([.. g])), scores);
    }

    /// <summary>The point of a hospital's curve; null where it has no k patients.</summary>
    /// <param name="hospital">Its name.</param>
    /// <param name="half">How many patients all of its half are.</param>
    public CurvePoint? Of(string hospital, int half)
    {
        SiteScore[] scores = [.. Scores[hospital]];
        return scores.Length == 0 ? null : new CurvePoint(Patients ?? half, scores.Length,
            Value(scores, s => s.LogLoss)!, Value(scores, s => s.Auroc), Value(scores, s => s.CalibrationError));
    }

    private static CurveValue? Value(SiteScore[] scores, Func<SiteScore, double?> of) =>
        scores.Any(s => of(s) is null) ? null : new CurveValue(scores.Average(of)!.Value, scores.Min(of)!.Value,
            scores.Max(of)!.Value, null);
}
