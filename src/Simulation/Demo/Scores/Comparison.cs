using System.Globalization;
using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>
/// The adapted meta-model against another model, hospital by hospital, in its loss. A difference within two standard
/// errors of
/// zero is a tie and is called one.
/// </summary>
internal sealed record Comparison(
    [property: JsonPropertyName("against")] string Against,
    [property: JsonPropertyName("mean_difference_in_log_loss")] double Mean,
    [property: JsonPropertyName("standard_error")] double StandardError,
    [property: JsonPropertyName("better_at")] int BetterAt,
    [property: JsonPropertyName("hospitals")] int Hospitals,
    [property: JsonPropertyName("verdict")] string Verdict)
{
    public static Comparison Of(string ours, string other, IReadOnlyList<SiteScores> sites)
    {
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
    }
}
