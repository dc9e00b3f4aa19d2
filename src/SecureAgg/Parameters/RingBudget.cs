using System.Numerics;

namespace FedMeta.SecureAgg;

/// <summary>The proof, made when a plan is made, that a sum cannot wrap round the ring: n_max (2Q + 1) values plus
/// eight standard deviations of the summed noise must fit into 2^b. An overflow would not be seen afterwards.</summary>
public static class RingBudget
{
    /// <summary>Standard deviations of the summed noise that must fit.</summary>
    public const int NoiseDeviations = 8;

    /// <summary>How many distinct values the sum needs: n_max (2Q + 1) + 8 sigma, rounded up.</summary>
    /// <param name="maxClients">Greatest roster n_max, at least 1.</param>
    /// <param name="bound">Q: each client's entry lies in -Q..Q before noise; not negative.</param>
    /// <param name="noiseDeviation">Standard deviation of the noise of the whole sum; finite, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static BigInteger Required(int maxClients, long bound, double noiseDeviation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxClients, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(bound);
        if (!double.IsFinite(noiseDeviation) || noiseDeviation < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(noiseDeviation), "a deviation is finite and not negative");
        }

        return maxClients * ((2 * new BigInteger(bound)) + 1)
            + new BigInteger(Math.Ceiling(NoiseDeviations * noiseDeviation));
    }

    /// <summary>Whether the sum fits into a ring of <paramref name="ringBits"/> bits.</summary>
    /// <param name="maxClients">Greatest roster n_max, at least 1.</param>
    /// <param name="bound">Q: each client's entry lies in -Q..Q before noise; not negative.</param>
    /// <param name="noiseDeviation">Standard deviation of the noise of the whole sum; finite, not negative.</param>
    /// <param name="ringBits">Width b of the ring.</param>
    public static bool Fits(int maxClients, long bound, double noiseDeviation, int ringBits) =>
        Required(maxClients, bound, noiseDeviation) <= BigInteger.One << ringBits;

    /// <summary>The narrowest ring, 8 to 64 bits, that holds the sum; null where none does.</summary>
    /// <param name="maxClients">Greatest roster n_max, at least 1.</param>
    /// <param name="bound">Q: each client's entry lies in -Q..Q before noise; not negative.</param>
    /// <param name="noiseDeviation">Standard deviation of the noise of the whole sum; finite, not negative.</param>
    public static int? NarrowestRing(int maxClients, long bound, double noiseDeviation)
    {
        var required = Required(maxClients, bound, noiseDeviation);
        for (var bits = VectorShape.MinRingBits; bits <= VectorShape.MaxRingBits; bits++)
        {
            if (required <= BigInteger.One << bits) return bits;
        }

        return null;
    }
}
