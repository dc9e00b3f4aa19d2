using System.Text.Json.Serialization;
using FedMeta.Learning;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>
/// The adapted meta-model against another model in its loss, each hospital counting the same:
/// <see cref="PairedComparison"/> over the hospitals' held-out patients as evaluation.json says it.
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
        var over = PairedComparison.Of(ours, other, sites, seed);
        var each = sites.Select(s => PairedComparison.Of(ours, other, s.First, s.Second, seed).Verdict)
            .ToLookup(verdict => verdict);
        var (better, tie, worse) = (each[Learning.Verdict.Better].Count(), each[Learning.Verdict.Tie].Count(),
            each[Learning.Verdict.Worse].Count());
        return new Comparison(
            other, over.Loss.Difference, over.Loss.Interval?.Low, over.Loss.Interval?.High, better, tie, worse,
            sites.Count, $"{over.Words}; by hospital better at {better}, a tie at {tie}, worse at {worse}");
    }
}
