namespace FedMeta.Learning;

/// <summary>
/// The server optimisers: sgd, momentum, nesterov, adam (bias-corrected, as PyTorch) and the adaptive federated ones of
/// Reddi et al. 2021, algorithm 2 (fedadam, fedyogi, fedadagrad; no bias correction).
/// </summary>
public static class ServerOptimizer
{
    /// <summary>The names a study may give.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["sgd", "momentum", "nesterov", "adam", "fedadam", "fedyogi", "fedadagrad"];

    /// <summary>A fresh optimiser for states of <paramref name="length"/>.</summary>
    public static IServerOptimizer Create(ServerOptimizerSettings settings, int length)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        var problems = settings.Problems();
        if (problems.Count > 0) throw new ArgumentException(string.Join("; ", problems));
        return settings.Name switch
        {
            "sgd" or "momentum" or "nesterov" => new MomentumOptimizer(settings, length),
            "adam" => new AdamOptimizer(settings, length),
            _ => new FederatedAdaptiveOptimizer(settings, length),
        };
    }

    /// <summary>
    /// The optimiser whose <see cref="IServerOptimizer.Save"/> gave <paramref name="saved"/>; null where the bytes
    /// are of another length or hold a number that is not finite.
    /// </summary>
    public static IServerOptimizer? Restore(ServerOptimizerSettings settings, int length, ReadOnlySpan<byte> saved)
    {
        var optimizer = (MomentState)Create(settings, length);
        return optimizer.TryLoad(saved) ? optimizer : null;
    }
}
