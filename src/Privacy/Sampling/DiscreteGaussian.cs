using System.Numerics;
using System.Security.Cryptography;

namespace FedMeta.Privacy;

/// <summary>
/// The discrete Gaussian N_Z(0, s^2): integers x with probability proportional to exp(-x^2/(2 s^2)). Exact sampler of
/// Canonne, Kamath and Steinke 2020, "The Discrete Gaussian for Differential Privacy"; no floating-point number
/// anywhere (docs/proofs/sampler.md). The discrete Gaussian with variance parameter s^2 and sensitivity D is
/// D^2/(2 s^2)-zCDP (their Theorem 4; docs/proofs/noise-shares.md).
/// </summary>
public static class DiscreteGaussian
{
    private const int LargestVarianceBits = 96;
    private const int SamplesBetweenLooks = 1 << 16;

    /// <summary>Fills <paramref name="destination"/> with independent samples.</summary>
    /// <param name="destination">Receives the samples, integer units.</param>
    /// <param name="variance">The parameter s^2, an integer from 1 to 2^96.</param>
    /// <param name="random">Cryptographic source of the 32-byte key that is expanded with AES-256-CTR.</param>
    /// <param name="stop">Ends the drawing between two stretches of some milliseconds; what was drawn by then is the
    /// caller's to erase.</param>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static void Fill(
        Span<long> destination, BigInteger variance, RandomNumberGenerator random, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (variance.Sign <= 0 || (variance - 1).GetBitLength() > LargestVarianceBits)
            throw new ArgumentOutOfRangeException(nameof(variance), "the variance must lie between 1 and 2^96");
        using var keystream = new KeystreamRandom(random);
        var sampler = new DiscreteGaussianSampler(variance, keystream);
        while (!destination.IsEmpty)
        {
            stop.ThrowIfCancellationRequested();
            var stretch = destination[..Math.Min(destination.Length, SamplesBetweenLooks)];
            sampler.Fill(stretch);
            destination = destination[stretch.Length..];
        }
    }
}
