using System.Security.Cryptography;

namespace FedMeta.Privacy;

/// <summary>
/// The secret coin of a Poisson sample (docs/proofs/patient-sampling.md): heads with chance q = m/n exactly, by
/// rejection and without a floating-point number. 64 fresh bits fall into n blocks of equal length, the first m of
/// which are heads; the rest beyond them, less likely than 2^-44, is drawn again. Heads and tails take the same time.
/// </summary>
internal sealed class SamplingCoin : IDisposable
{
    private readonly KeystreamRandom _random;

    /// <param name="rate">q.</param>
    /// <param name="random">Cryptographic source of the key, never a seed that another party knows.</param>
    public SamplingCoin(SamplingRate rate, RandomNumberGenerator random)
    {
        var (numerator, denominator) = rate.LowestTerms();
        var block = ulong.MaxValue / (ulong)denominator;
        (Heads, All) = (block * (ulong)numerator, block * (ulong)denominator);
        _random = new KeystreamRandom(random);
    }

    /// <summary>Draws below it are heads.</summary>
    internal ulong Heads { get; }

    /// <summary>Draws from it on do not count.</summary>
    internal ulong All { get; }

    /// <summary>All bits set for heads, none for tails: a mask, so that nobody has to branch on it.</summary>
    public long NextMask()
    {
        ulong draw;
        do draw = _random.NextUInt64();
        while (draw >= All);

        return MaskOf(draw, Heads);
    }

    /// <summary>Whether a draw is below, without a branch: the borrow of a subtraction in 128 bits fills the upper
    /// half.</summary>
    internal static long MaskOf(ulong draw, ulong heads) =>
        unchecked((long)(ulong)(((UInt128)draw - heads) >> 64));

    /// <summary>Zeroes the keystream.</summary>
    public void Dispose() => _random.Dispose();

    /// <summary>"(secret)".</summary>
    public override string ToString() => "(secret)";
}
