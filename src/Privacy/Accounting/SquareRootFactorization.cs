namespace FedMeta.Privacy;

/// <summary>
/// What correlated noise would gain over FedMeta's independent noise, for one factorisation of the prefix-sum
/// matrix A of T rounds: A = C C with C the Toeplitz matrix of c_k = binom(2k, k)/4^k (Fichtenberger, Henzinger and
/// Upadhyay 2023; Choquette-Choo et al. 2023). Variances for noise multiplier 1 in squared clip norms, averaged
/// over the T prefix sums. It pays where a unit takes part once; where every site takes part in every round it
/// costs, and that is FedMeta's case. See docs/proofs/accounting.md.
/// </summary>
public sealed class SquareRootFactorization
{
    // T = 10,000 takes 10,000 steps; nothing needs more.
    private const int MostRounds = 1_000_000;

    /// <param name="rounds">T, 1 to 1,000,000.</param>
    public SquareRootFactorization(int rounds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rounds, MostRounds);
        Rounds = rounds;
        var (coefficient, columnSum, squares) = (1.0, 0.0, 0.0);
        var (everySquared, prefixes) = (0.0, 0.0);
        for (var k = 0; k < rounds; k++)
        {
            if (k > 0) coefficient *= ((2.0 * k) - 1) / (2.0 * k);
            columnSum += coefficient;
            squares += coefficient * coefficient;
            everySquared += columnSum * columnSum;
            prefixes += squares;
        }

        LastCoefficient = coefficient;
        SingleSensitivity = Math.Sqrt(squares);
        EveryRoundSensitivity = Math.Sqrt(everySquared);
        _meanPrefix = prefixes / rounds;
    }

    private readonly double _meanPrefix;

    /// <summary>T.</summary>
    public int Rounds { get; }

    /// <summary>c at T - 1.</summary>
    public double LastCoefficient { get; }

    /// <summary>L2 sensitivity of C x where a unit takes part in one round: the norm of the first column.</summary>
    public double SingleSensitivity { get; }

    /// <summary>The same where a unit takes part in every round: the norm of C times the vector of ones.</summary>
    public double EveryRoundSensitivity { get; }

    /// <summary>Mean variance of a prefix sum, a unit in one round only.</summary>
    public double SingleVariance => SingleSensitivity * SingleSensitivity * _meanPrefix;

    /// <summary>Mean variance of a prefix sum, a unit in every round.</summary>
    public double EveryRoundVariance => EveryRoundSensitivity * EveryRoundSensitivity * _meanPrefix;

    /// <summary>The same with independent noise, a unit in one round only: (T + 1)/2.</summary>
    public double IndependentSingleVariance => (Rounds + 1) / 2.0;

    /// <summary>The same with independent noise, a unit in every round: T (T + 1)/2.</summary>
    public double IndependentEveryRoundVariance => Rounds * IndependentSingleVariance;

    /// <summary>c at a place, binom(2k, k)/4^k.</summary>
    public static double Coefficient(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        var coefficient = 1.0;
        for (var j = 1; j <= k; j++) coefficient *= ((2.0 * j) - 1) / (2.0 * j);
        return coefficient;
    }
}
