using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// The discrete Laplace distribution of whole scale t: integers y with probability proportional to exp(-|y|/t).
/// Canonne, Kamath and Steinke 2020, Algorithm 2. See docs/proofs/sampler.md, Lemma 3.
/// </summary>
internal sealed class DiscreteLaplace
{
    private const int LongestScale = 62;

    private readonly ulong _scale;
    private readonly int _shift;
    private readonly ulong _reciprocal;
    private readonly ExponentialCoin _coin;
    private readonly KeystreamRandom _random;

    /// <param name="scale">t, from 1 to 2^62.</param>
    /// <param name="coin">Tosses with <paramref name="random"/>.</param>
    /// <param name="random">Fair bits.</param>
    public DiscreteLaplace(ulong scale, ExponentialCoin coin, KeystreamRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfZero(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, 1UL << LongestScale);
        (_scale, _coin, _random) = (scale, coin, random);
        _shift = BitOperations.LeadingZeroCount(scale);
        _reciprocal = (ulong)((UInt128.One << 126) / (scale << _shift));
    }

    /// <summary>One sample as magnitude and sign.</summary>
    public (ulong Magnitude, bool Negative) Next()
    {
        while (true)
        {
            var low = UniformInteger.Below(_scale, _random);
            if (!_coin.Toss(ExponentOf(low))) continue;
            var high = 0UL;
            while (_coin.TossOne()) high++;
            var magnitude = checked(low + (high * _scale));
            var negative = (_random.NextUInt32() & 1) == 1;

            // Zero would otherwise be drawn with either sign.
            if (negative && magnitude == 0) continue;
            return (magnitude, negative);
        }
    }

    internal Proportion ExponentOf(ulong low) => new(this, low);

    /// <summary>low/t for low &lt; t.</summary>
    internal readonly struct Proportion(DiscreteLaplace laplace, ulong low) : IExponent
    {
        public ulong Lower => Math.BigMul(low << laplace._shift, laplace._reciprocal, out _) >> 30;

        public (BigInteger Numerator, BigInteger Denominator) Fraction => (low, laplace._scale);
    }
}
