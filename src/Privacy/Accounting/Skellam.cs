namespace FedMeta.Privacy;

/// <summary>
/// Skellam noise, the difference of two Poisson variables, on integer vectors: Agarwal, Kairouz and Liu 2021, "The
/// Skellam Mechanism for Differentially Private Federated Learning", Theorem 3.5. Sums of independent Skellam shares are
/// Skellam again, so the total variance is all that counts. For comparison: FedMeta draws discrete Gaussian noise. See
/// docs/proofs/accounting.md.
/// </summary>
public static class Skellam
{
    /// <summary>
    /// a D2^2/(2 mu) + min(((2a - 1) D2^2 + 6 D1)/(4 mu^2), 3 D1/(2 mu)): the divergence of order a, at most.
    /// </summary>
    /// <param name="order">Whole, at least 2: the theorem speaks of no other.</param>
    /// <param name="variance">mu, the variance of the noise in the sum, integer units squared, positive.</param>
    /// <param name="l2Sensitivity">D2, not negative.</param>
    /// <param name="l1Sensitivity">D1, not negative.</param>
    public static double Rdp(int order, double variance, double l2Sensitivity, double l1Sensitivity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 2);
        if (!(variance > 0)) throw new ArgumentOutOfRangeException(nameof(variance));
        if (!(l2Sensitivity >= 0)) throw new ArgumentOutOfRangeException(nameof(l2Sensitivity));
        if (!(l1Sensitivity >= 0)) throw new ArgumentOutOfRangeException(nameof(l1Sensitivity));
        if (l2Sensitivity == 0 && l1Sensitivity == 0) return 0;
        var squared = l2Sensitivity * l2Sensitivity;
        var narrow = ((((2.0 * order) - 1) * squared) + (6 * l1Sensitivity)) / variance / variance / 4;
        var wide = 3 * l1Sensitivity / (2 * variance);
        var bound = (order / 2.0 * squared / variance) + Math.Min(narrow, wide);
        return double.IsNaN(bound) ? double.PositiveInfinity : bound;
    }
}
