using System.Security.Cryptography;

namespace FedMeta.Privacy;

/// <summary>
/// Rounds up with the probability of the fraction, so that sums are right on average; cryptographic randomness, 64 bits
/// a coordinate. Privacy does not rest on it: the integer norm check holds for every outcome
/// (docs/proofs/integer-norm.md).
/// </summary>
public sealed class StochasticRounding : ICoordinateRounding, IDisposable
{
    private readonly KeystreamRandom _random;

    /// <param name="random">Gives the key of the keystream.</param>
    public StochasticRounding(RandomNumberGenerator random) => _random = new KeystreamRandom(random);

    /// <inheritdoc/>
    public long Round(double value)
    {
        var floor = Math.Floor(value);
        var fraction = value - floor;

        // A tiny negative value has the fraction 1 after rounding.
        if (fraction >= 1) return (long)floor + 1;
        return (long)floor + (_random.NextUInt64() < (ulong)Math.ScaleB(fraction, 64) ? 1 : 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _random.Dispose();
}
