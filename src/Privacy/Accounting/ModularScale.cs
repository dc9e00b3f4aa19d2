namespace FedMeta.Privacy;

/// <summary>
/// The scale that a ring of b bits allows when wrapping is a matter of chance: Kairouz, Liu and Steinke 2021, Section
/// 4.4 and Theorem 34. FedMeta's plan chooses a power of two under which only noise beyond eight deviations could wrap
/// (<see cref="MechanismPlan"/>); this is the published heuristic beside it. Wrapping costs utility, never privacy. See
/// docs/proofs/accounting.md.
/// </summary>
public static class ModularScale
{
    /// <summary>k with P[|N(0,1)| &gt; k] = p: sqrt(2) erfc^-1(p).</summary>
    /// <param name="probability">p, the chance that one coordinate of the sum wraps, in (0, 1).</param>
    public static double Deviations(double probability)
    {
        if (!(probability is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(probability));
        return -NormalDistribution.Quantile(probability / 2);
    }

    /// <summary>Standard deviation of a coordinate of the sum that k deviations fit into the ring with rounding:
    /// sqrt(2^(2b) - n k^2)/(2k); null where 2^(2b) is smaller than n k^2.</summary>
    /// <param name="bits">b, 1 to 64.</param>
    /// <param name="clients">n, at least 1.</param>
    /// <param name="deviations">k, positive.</param>
    public static double? LargestDeviation(int bits, int clients, double deviations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(clients, 1);
        if (!(deviations > 0)) throw new ArgumentOutOfRangeException(nameof(deviations));
        var room = Math.ScaleB(1, 2 * bits) - (clients * deviations * deviations);
        return room >= 0 ? Math.Sqrt(room) / (2 * deviations) : null;
    }

    /// <summary>
    /// The scale S, integer units per model unit: the largest deviation over sqrt(C^2 n^2/D + n s^2), the deviation of
    /// a rotated coordinate of the sum in model units; null where the ring is too small for any.
    /// </summary>
    /// <param name="bits">b, 1 to 64.</param>
    /// <param name="clients">n, at least 1.</param>
    /// <param name="deviations">k, positive.</param>
    /// <param name="dimension">D, entries after padding, at least 1.</param>
    /// <param name="clipNorm">C, positive.</param>
    /// <param name="localDeviation">s, standard deviation of one client's share in model units, not negative.</param>
    public static double? Of(
        int bits, int clients, double deviations, int dimension, double clipNorm, double localDeviation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (!(clipNorm > 0)) throw new ArgumentOutOfRangeException(nameof(clipNorm));
        if (!(localDeviation >= 0)) throw new ArgumentOutOfRangeException(nameof(localDeviation));
        var signal = clipNorm * clipNorm * clients * clients / dimension;
        var spread = signal + (clients * localDeviation * localDeviation);
        return LargestDeviation(bits, clients, deviations) / Math.Sqrt(spread);
    }
}
