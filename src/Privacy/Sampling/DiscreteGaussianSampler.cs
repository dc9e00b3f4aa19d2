using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// Exact samples of the discrete Gaussian with an integer variance parameter: Canonne, Kamath and Steinke 2020,
/// Algorithm 3, whole numbers throughout. See docs/proofs/sampler.md. A magnitude of 512 t or more, less likely than
/// 2^-730, throws and never bends the distribution.
/// </summary>
internal sealed class DiscreteGaussianSampler
{
    // Binary digits of 2^shift t.
    private const int ScaledBits = 54;

    private readonly BigInteger _variance;
    private readonly BigInteger _scale;
    private readonly ulong _unit;
    private readonly long _peak;
    private readonly ulong _reciprocal;
    private readonly ExponentialCoin _coin;
    private readonly DiscreteLaplace _laplace;

    /// <param name="variance">s^2, from 1 to 2^96.</param>
    /// <param name="random">Fair bits.</param>
    /// <param name="digits">See <see cref="ExponentialCoin"/>.</param>
    public DiscreteGaussianSampler(
        BigInteger variance, KeystreamRandom random, int digits = ExponentialCoin.MostDigits)
    {
        // t = floor(s) + 1
        var root = ExactArithmetic.SquareRootUp(variance);
        _variance = variance;
        _scale = root * root == variance ? root + 1 : root;
        _coin = new ExponentialCoin(random, digits);
        _laplace = new DiscreteLaplace((ulong)_scale, _coin, random);

        var shift = ScaledBits - (int)_scale.GetBitLength();
        _unit = 1UL << shift;
        _peak = (long)((variance << shift) / _scale) + 1;
        _reciprocal = (ulong)((BigInteger.One << (159 - (2 * shift))) / variance);
    }

    /// <summary>Fills <paramref name="destination"/> with independent samples.</summary>
    public void Fill(Span<long> destination)
    {
        foreach (ref var sample in destination) sample = Next();
    }

    /// <summary>One sample. Its running time depends on it, so noise is drawn before a round, never while a peer
    /// waits.</summary>
    public long Next()
    {
        while (true)
        {
            var (magnitude, negative) = _laplace.Next();
            if (!_coin.Toss(ExponentOf(magnitude))) continue;
            return negative ? -(long)magnitude : (long)magnitude;
        }
    }

    internal SquaredDistance ExponentOf(ulong magnitude) => new(this, magnitude);

    /// <summary>(|Y| - s^2/t)^2 / (2 s^2) for the magnitude |Y|.</summary>
    internal readonly struct SquaredDistance(DiscreteGaussianSampler sampler, ulong magnitude) : IExponent
    {
        public ulong Lower
        {
            get
            {
                // 2^shift ||Y| - s^2/t| lies between distance and distance + 1: above the peak the distance is
                // rounded down, and below it the complement does the same.
                var above = checked((long)(magnitude * sampler._unit)) - sampler._peak;
                var distance = (ulong)(above < 0 ? ~above : above);
                var square = Math.BigMul(distance, distance, out _);
                return Math.BigMul(square, sampler._reciprocal, out _);
            }
        }

        public (BigInteger Numerator, BigInteger Denominator) Fraction
        {
            get
            {
                var distance = (magnitude * sampler._scale) - sampler._variance;
                return (distance * distance, 2 * sampler._variance * sampler._scale * sampler._scale);
            }
        }
    }
}
