using System.Text.Json.Serialization;
using FedMeta.Learning;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>
<<<<<<< HEAD
/// The adapted meta-model against another model, hospital by hospital, in its loss. A difference within two standard
/// errors of
/// zero is a tie and is called one.
=======
/// The adapted meta-model against another model in log loss, each hospital counting the same:
/// <see cref="PairedComparison"/> over the hospitals' held-out patients as evaluation.json says it.
>>>>>>> b6d87c6 (Show a hospital every baseline with intervals, verdicts and pictures, and compare patient by patient in the demo)
/// </summary>
internal sealed record Comparison(
    [property: JsonPropertyName("against")] string Against,
    [property: JsonPropertyName("mean_difference_in_log_loss")] double Mean,
    [property: JsonPropertyName("low")] double? Low,
    [property: JsonPropertyName("high")] double? High,
    [property: JsonPropertyName("better_at")] int BetterAt,
    [property: JsonPropertyName("tie_at")] int TieAt,
    [property: JsonPropertyName("worse_at")] int WorseAt,
    [property: JsonPropertyName("hospitals")] int Hospitals,
    [property: JsonPropertyName("verdict")] string Verdict)
{
    public static Comparison Of(
        string ours, string other, IReadOnlyList<(Judgement First, Judgement Second)> sites, ulong seed)
    {
<<<<<<< HEAD
        double[] differences =
        [
            .. from site in sites
               let mine = site.Models.Single(m => m.Model == ours).LogLoss
               let theirs = site.Models.Single(m => m.Model == other).LogLoss
               where mine is not null && theirs is not null
               select mine.Value - theirs.Value,
        ];
        var mean = differences.Average();
        var error = differences.Length > 1
            ? Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (differences.Length - 1) / differences.Length)
            : double.PositiveInfinity;
        var verdict = Math.Abs(mean) <= 2 * error ? "a tie" : mean < 0 ? "the adapted meta-model is "
            + "better" : $"{other} is better";
        return new Comparison(other, mean, double.IsFinite(error) ? error : 0, differences.Count(d => d < 0),
            differences.Length,
            string.Create(CultureInfo.InvariantCulture, $"{verdict}: {mean:+0.000;-0.000} loss, standard error "
                + $"{error:0.000}"));
=======
        var over = PairedComparison.Of(ours, other, sites, seed);
        var each = sites.Select(s => PairedComparison.Of(ours, other, s.First, s.Second, seed).Verdict)
            .ToLookup(verdict => verdict);
        var (better, tie, worse) = (each[Learning.Verdict.Better].Count(), each[Learning.Verdict.Tie].Count(),
            each[Learning.Verdict.Worse].Count());
        return new Comparison(
            other, over.Loss.Difference, over.Loss.Interval?.Low, over.Loss.Interval?.High, better, tie, worse,
            sites.Count, $"{over.Words}; by hospital better at {better}, a tie at {tie}, worse at {worse}");
>>>>>>> b6d87c6 (Show a hospital every baseline with intervals, verdicts and pictures, and compare patient by patient in the demo)
    }
}
