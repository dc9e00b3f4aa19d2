using System.Globalization;

namespace FedMeta.Learning;

/// <summary>Which candidate held-out losses speak for: the simplest within one standard error of the lowest.</summary>
internal static class CandidateSelection
{
    /// <summary>Every candidate with its mean held-out loss, in the order of the exclusions.</summary>
    /// <param name="exclusions">All candidates, and why one is not compared (null: it is).</param>
    /// <param name="held">The held-out losses of those that are compared.</param>
    /// <param name="remark">What to say beside a candidate that is compared; null: nothing.</param>
    public static List<CandidateScore> Scores(
        SortedDictionary<Candidate, string?> exclusions, Dictionary<Candidate, double[]> held,
        Func<Candidate, string?>? remark = null)
    {
        var means = held.Where(h => h.Value.All(double.IsFinite)).ToDictionary(h => h.Key, h => h.Value.Average());
        var best = means.Count == 0 ? default : means.MinBy(m => (m.Value, m.Key)).Key;
        return
        [
            .. exclusions.Select(candidate => means.TryGetValue(candidate.Key, out var mean)
                ? Score(candidate.Key, mean, StandardError(held[candidate.Key], held[best]),
                    remark?.Invoke(candidate.Key))
                : Score(candidate.Key, null, null, candidate.Value ?? "a held-out loss was not finite")),
        ];
    }

    private static CandidateScore Score(Candidate candidate, double? loss, double? error, string? remark) =>
        new(candidate.Choice, candidate.Steps, loss, error, remark);

    private static double StandardError(double[] losses, double[] best)
    {
        var mean = losses.Zip(best, (a, b) => a - b).Average();
        var squares = losses.Zip(best, (a, b) => (a - b - mean) * (a - b - mean)).Sum();
        return losses.Length < 2 ? 0 : Math.Sqrt(squares / (losses.Length - 1) / losses.Length);
    }

    /// <summary>The choice; no adaptation where nothing was compared.</summary>
    public static Candidate Simplest(List<CandidateScore> scores)
    {
        var compared = scores.Where(s => s.Loss is not null).ToList();
        if (compared.Count == 0) return default;
        var lowest = compared.Min(s => s.Loss!.Value);
        var simplest = compared.First(s => s.Loss - lowest <= s.StandardError);
        return new Candidate(simplest.Choice, simplest.Steps);
    }

    /// <summary>The choice and why, a sentence.</summary>
    public static string Reason(List<CandidateScore> scores, Candidate choice, string basis)
    {
        if (scores.TrueForAll(s => s.Loss is null))
            return "no held-out loss was finite: the shared model is used as it is";
        var compared = string.Join(", ", scores.Where(s => s.Loss is not null).Select(s => string.Create(
            CultureInfo.InvariantCulture, $"{s.Name} {s.Loss:F3}")));
        return $"{GuardedAdaptation.NameOf(choice.Choice, choice.Steps)} is the simplest within one standard error of "
            + $"the lowest held-out loss ({compared}; {basis})";
    }
}
