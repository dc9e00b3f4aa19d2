namespace FedMeta.Privacy;

/// <summary>
/// Clipping to a private quantile: Andrew, Thakkar, McMahan and Ramaswamy 2021, "Differentially Private Learning with
/// Adaptive Clipping". Each client sends, in the same secure sum, the bit "my norm was at most C" less one half; the
/// clip norm of the next round follows the noised share. FedMeta clips to the fixed norm of the study: with at most
/// twenty sites the bits alone cost more noise than a fixed norm. These formulas show that cost. See
/// docs/proofs/accounting.md.
/// </summary>
public static class AdaptiveClipping
{
    /// <summary>Standard deviation of the noise in the sum of the bits that the paper takes: n/20.</summary>
    public static double UsualBitNoise(int clients)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clients, 1);
        return clients / 20.0;
    }

    /// <summary>
    /// The noise multiplier of the values, so that values and bits together cost what <paramref
    /// name="noiseMultiplier"/> alone would: (z^-2 - (2 sigma_b)^-2)^(-1/2); null where the bits alone cost as much or
    /// more. A bit less one half has sensitivity 1/2.
    /// </summary>
    /// <param name="noiseMultiplier">z, positive and finite.</param>
    /// <param name="bitNoise">sigma_b, positive.</param>
    public static double? ValueNoiseMultiplier(double noiseMultiplier, double bitNoise)
    {
        if (!double.IsFinite(noiseMultiplier) || noiseMultiplier <= 0)
            throw new ArgumentOutOfRangeException(nameof(noiseMultiplier));
        if (!(bitNoise > 0)) throw new ArgumentOutOfRangeException(nameof(bitNoise));
        var ratio = noiseMultiplier / (2 * bitNoise);
        return ratio < 1 ? noiseMultiplier / Math.Sqrt((1 - ratio) * (1 + ratio)) : null;
    }

    /// <summary>
    /// The clip norm of the next round, C exp(-eta (b - gamma)). The noise of a round belongs to the clip norm of that
    /// round, never to the next one.
    /// </summary>
    /// <param name="clipNorm">C of this round, positive.</param>
    /// <param name="unclippedFraction">b, the share of clients whose norm was at most C; noise may carry it out of
    /// [0, 1].</param>
    /// <param name="quantile">gamma, the share wanted, in [0, 1].</param>
    /// <param name="learningRate">eta, positive.</param>
    public static double Next(double clipNorm, double unclippedFraction, double quantile, double learningRate)
    {
        if (!double.IsFinite(clipNorm) || clipNorm <= 0) throw new ArgumentOutOfRangeException(nameof(clipNorm));
        if (!double.IsFinite(unclippedFraction)) throw new ArgumentOutOfRangeException(nameof(unclippedFraction));
        if (!(quantile is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(quantile));
        if (!double.IsFinite(learningRate) || learningRate <= 0)
            throw new ArgumentOutOfRangeException(nameof(learningRate));
        return clipNorm * Math.Exp(-learningRate * (unclippedFraction - quantile));
    }
}
