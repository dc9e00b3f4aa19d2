namespace FedMeta.Privacy;

/// <summary>
/// How much noise each client adds so that any t survivors, c of whom tell the server their noise, still hide a unit.
/// Worst-case rule: local variance = target/(t - c). See
/// docs/proofs/noise-shares.md.
/// </summary>
public static class NoiseShares
{
    /// <summary>Local variance over the target variance: 1/(t - c).</summary>
    public static double LocalOverTarget(int threshold, int colluders)
    {
        Check(threshold, threshold, colluders);
        return 1.0 / (threshold - colluders);
    }

    /// <summary>Variance in the sum, over the target: survivors/(t - c).</summary>
    public static double TotalOverTarget(int threshold, int colluders, int survivors)
    {
        Check(threshold, survivors, colluders);
        return (double)survivors / (threshold - colluders);
    }

    /// <summary>
    /// Expected norm of the noise in a mean over its clip norm, z sqrt(d)/n. Above 1 the noise of one round exceeds the
    /// largest possible signal.
    /// </summary>
    /// <param name="noiseMultiplier">Standard deviation of the noise in the sum over the clip norm, z.</param>
    /// <param name="dimension">Entries d.</param>
    /// <param name="contributions">Vectors in the sum, n.</param>
    public static double NoiseToSignal(double noiseMultiplier, int dimension, long contributions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(contributions, 1);
        return noiseMultiplier * Math.Sqrt(dimension) / contributions;
    }

    private static void Check(int threshold, int survivors, int colluders)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(colluders);
        if (colluders >= threshold) throw new ArgumentOutOfRangeException(nameof(colluders), "nobody honest is left");
        ArgumentOutOfRangeException.ThrowIfLessThan(survivors, threshold);
    }
}
