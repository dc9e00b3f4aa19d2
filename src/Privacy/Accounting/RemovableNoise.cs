namespace FedMeta.Privacy;

/// <summary>
/// Noise that is added for the worst case and taken off again for those who stayed (XNoise): Jiang, Wang and Chen 2024,
/// "Efficient Federated Learning with Dropout-Resilient Differential Privacy". For comparison: FedMeta draws for the
/// worst case and takes nothing off (docs/proofs/noise-shares.md); this says what that costs. See
/// docs/proofs/accounting.md.
/// </summary>
public static class RemovableNoise
{
    /// <summary>
    /// Variance of each component over the target: 1/n, then 1/((n-k+1)(n-k)) for k = 1..T. Their sum is 1/(n-T).
    /// </summary>
    /// <param name="clients">n, at least 1.</param>
    /// <param name="tolerance">T, clients that may drop out, below n.</param>
    public static IReadOnlyList<double> Components(int clients, int tolerance)
    {
        Check(clients, tolerance, tolerance);
        return [1.0 / clients, .. Enumerable.Range(1, tolerance).Select(k => 1.0 / (clients - k + 1) / (clients - k))];
    }

    /// <summary>
    /// Variance in the sum over the target once the survivors' components above the number of dropouts are taken off:
    /// (n - D) times the first D + 1 components, which telescope to 1/(n - D). Exactly the target.
    /// </summary>
    /// <param name="clients">n, at least 1.</param>
    /// <param name="tolerance">T, below n.</param>
    /// <param name="dropped">D, at most T: with more the round is given up.</param>
    public static double Remaining(int clients, int tolerance, int dropped)
    {
        Check(clients, tolerance, dropped);
        return (clients - dropped) * Components(clients, tolerance).Take(dropped + 1).Sum();
    }

    private static void Check(int clients, int tolerance, int dropped)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clients, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tolerance, clients);
        ArgumentOutOfRangeException.ThrowIfNegative(dropped);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dropped, tolerance);
    }
}
