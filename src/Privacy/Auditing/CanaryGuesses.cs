namespace FedMeta.Privacy;

/// <summary>
/// The attacker of a one-run audit: from one score for each canary to guesses, and what they prove. The canaries with
/// the largest scores are guessed to have been in, those with the smallest to have been out, and nothing is said of the
/// rest (Steinke, Nasr and Jagielski 2023, Algorithm 1). See docs/proofs/one-run-audit.md.
/// </summary>
/// <param name="Canaries">m.</param>
/// <param name="Guesses">r, half of them "in".</param>
/// <param name="Correct">v.</param>
public sealed record CanaryGuesses(int Canaries, int Guesses, int Correct)
{
    /// <summary>Guesses by the scores alone and counts the right ones.</summary>
    /// <param name="scores">One for each canary, larger where it seems to have been in; finite.</param>
    /// <param name="included">The coins.</param>
    /// <param name="guesses">r, even, from 0 to the number of canaries; fixed before the scores are seen.</param>
    public static CanaryGuesses Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> included, int guesses)
    {
        if (scores.Length != included.Length || scores.Length == 0)
            throw new ArgumentException("every canary has one score and one coin", nameof(scores));
        if (guesses < 0 || guesses > scores.Length || guesses % 2 != 0)
            throw new ArgumentOutOfRangeException(nameof(guesses));
        var order = new int[scores.Length];
        for (var i = 0; i < order.Length; i++)
        {
            if (!double.IsFinite(scores[i])) throw new ArgumentException("a score is not finite", nameof(scores));
            order[i] = i;
        }

        scores.ToArray().AsSpan().Sort(order.AsSpan());
        var correct = 0;
        for (var i = 0; i < guesses / 2; i++)
        {
            correct += included[order[i]] ? 0 : 1;
            correct += included[order[^(i + 1)]] ? 1 : 0;
        }

        return new CanaryGuesses(scores.Length, guesses, correct);
    }

    /// <summary>The epsilon that they refute; see <see cref="OneRunAudit.EpsilonLowerBound"/>.</summary>
    /// <param name="delta">Of the claim.</param>
    /// <param name="level">Probability of refuting a true claim.</param>
    public double EpsilonLowerBound(double delta, double level) =>
        OneRunAudit.EpsilonLowerBound(Canaries, Guesses, Correct, delta, level);
}
