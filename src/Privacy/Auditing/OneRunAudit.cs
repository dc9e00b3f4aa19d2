namespace FedMeta.Privacy;

/// <summary>
/// What one run of a mechanism proves about its privacy: Steinke, Nasr and Jagielski 2023, "Privacy Auditing with One (1)
/// Training Run", Theorem 5.2 and Appendix D. Each of m canaries was put in or left out by a fair coin of its own; an
/// attacker guesses the coins of r of them and v guesses are right. An (epsilon, delta)-private mechanism lets v be
/// large only with a small probability, and where it is too small epsilon is refuted. See docs/proofs/one-run-audit.md.
/// </summary>
public static class OneRunAudit
{
    /// <summary>Most canaries of one audit.</summary>
    public const int MaxCanaries = 1_000_000;

    // epsilon above this is as good as no privacy; the search goes no further.
    private const double LargestEpsilon = 700;

    /// <summary>
    /// An upper bound of the probability that at least v of r guesses are right although the mechanism is (epsilon,
    /// delta)-private: P[Bin(r, 1/(1+e^-epsilon)) >= v] + 2 m delta max_i P[v > Bin >= v - i]/i, at most 1.
    /// </summary>
    /// <param name="canaries">m, at least 1.</param>
    /// <param name="guesses">r, from 0 to m.</param>
    /// <param name="correct">v, from 0 to r.</param>
    /// <param name="epsilon">Claim to be tested, not negative and finite.</param>
    /// <param name="delta">Claim to be tested, in [0, 1].</param>
    public static double PValue(int canaries, int guesses, int correct, double epsilon, double delta)
    {
        Check(canaries, guesses, correct, delta);
        if (!(epsilon >= 0) || !double.IsFinite(epsilon)) throw new ArgumentOutOfRangeException(nameof(epsilon));

        // Terms from v upwards for the tail, from v - 1 downwards for the worst use of delta; all in logarithms, since
        // both ends underflow for many guesses.
        // k right guesses: C(r, k) e^(k epsilon) / (1 + e^epsilon)^r, and ln(1 + e^epsilon) = epsilon + ln(1 +
        // e^-epsilon).
        var logBase = epsilon + RealFunctions.Log1P(Math.Exp(-epsilon));
        var tail = 0.0;
        var below = 0.0;
        var steepest = 0.0;
        var logChoose = 0.0;
        var terms = new double[guesses + 1];
        for (var k = 0; k <= guesses; k++)
        {
            terms[k] = Math.Exp(logChoose + (k * epsilon) - (guesses * logBase));
            logChoose += Math.Log(guesses - k) - Math.Log(k + 1);
        }

        for (var k = guesses; k >= correct; k--) tail += terms[k];
        for (var i = 1; i <= correct; i++)
        {
            below += terms[correct - i];
            steepest = Math.Max(steepest, below / i);
        }

        return Math.Min(1, tail + (2.0 * canaries * delta * steepest));
    }

    /// <summary>
    /// The epsilon that the run refutes: with probability at least 1 - <paramref name="level"/> a mechanism that is
    /// (epsilon, delta)-private for a smaller epsilon does not let this happen. 0 where nothing is refuted; the lower
    /// end of the bracket, so never too large.
    /// </summary>
    /// <param name="canaries">m.</param>
    /// <param name="guesses">r.</param>
    /// <param name="correct">v.</param>
    /// <param name="delta">In [0, 1].</param>
    /// <param name="level">Probability of refuting a true claim, in (0, 1); usually 0.05.</param>
    public static double EpsilonLowerBound(int canaries, int guesses, int correct, double delta, double level)
    {
        Check(canaries, guesses, correct, delta);
        if (!(level is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(level));
        bool Refuted(double epsilon) => PValue(canaries, guesses, correct, epsilon, delta) < level;
        if (!Refuted(0)) return 0;
        var (low, high) = (0.0, 1.0);
        while (high < LargestEpsilon && Refuted(high)) (low, high) = (high, high * 2);
        while (true)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high) return low;
            if (Refuted(middle)) low = middle;
            else high = middle;
        }
    }

    private static void Check(int canaries, int guesses, int correct, double delta)
    {
        if (canaries is < 1 or > MaxCanaries) throw new ArgumentOutOfRangeException(nameof(canaries));
        if (guesses < 0 || guesses > canaries) throw new ArgumentOutOfRangeException(nameof(guesses));
        if (correct < 0 || correct > guesses) throw new ArgumentOutOfRangeException(nameof(correct));
        if (!(delta is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(delta));
    }
}
