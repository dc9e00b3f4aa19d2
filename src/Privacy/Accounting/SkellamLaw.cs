namespace FedMeta.Privacy;

/// <summary>
/// Probabilities of Skellam noise in floating point, for checks: P[k] = e^-mu I_|k|(mu) for variance mu, the sum over m
/// of (mu/2)^(2m+|k|) e^-mu/(m! (m+|k|)!). Every term is positive; it is summed from its largest outwards.
/// The difference of two Poisson variables (Skellam 1946): docs/proofs/accounting.md, For comparison only.
/// </summary>
public static class SkellamLaw
{
    /// <summary>The probability of the integer k.</summary>
    /// <inheritdoc cref="LogProbability" path="/param"/>
    public static double Probability(long k, double variance) => Math.Exp(LogProbability(k, variance));

    /// <summary>ln of the probability of the integer k, also where it is below the least floating-point
    /// number.</summary>
    /// <param name="k">Any integer of at most 10^9.</param>
    /// <param name="variance">mu, positive, at most 10^9.</param>
    public static double LogProbability(long k, double variance)
    {
        if (!(variance is > 0 and <= 1e9)) throw new ArgumentOutOfRangeException(nameof(variance));
        if (k is < -1_000_000_000 or > 1_000_000_000) throw new ArgumentOutOfRangeException(nameof(k));
        double distance = Math.Abs(k);
        var half = variance / 2;
        var largest = Math.Floor((Math.Sqrt((distance * distance) + (variance * variance)) - distance) / 2);
        var (sum, term) = (1.0, 1.0);
        for (var m = largest + 1; term > 1e-18 * sum; m++)
        {
            term *= half / m * (half / (m + distance));
            sum += term;
        }

        term = 1;
        for (var m = largest; m > 0 && term > 1e-18 * sum; m--)
        {
            term *= m / half * ((m + distance) / half);
            sum += term;
        }

        return PoissonLaw.LogProbability((long)largest, half)
            + PoissonLaw.LogProbability((long)(largest + distance), half)
            + Math.Log(sum);
    }
}
