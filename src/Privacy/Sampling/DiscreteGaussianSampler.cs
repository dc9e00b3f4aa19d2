using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// Exact samples of the discrete Gaussian with an integer variance parameter: Canonne, Kamath and Steinke 2020,
/// Algorithms 2 and 3, in the integers <typeparamref name="T"/>. Arithmetic is checked: an overflow, less likely than
/// 2^-300 for the widths that <see cref="DiscreteGaussian"/> chooses, throws and never bends the distribution.
/// </summary>
internal sealed class DiscreteGaussianSampler<T>
    where T : IBinaryInteger<T>
{
    private readonly T _variance;
    private readonly T _scale;
    private readonly T _denominator;
    private readonly KeystreamRandom _random;

    public DiscreteGaussianSampler(BigInteger variance, KeystreamRandom random)
    {
        // t = floor(sigma) + 1
        var root = ExactArithmetic.SquareRootUp(variance);
        var scale = root * root == variance ? root + 1 : root;
        _variance = T.CreateChecked(variance);
        _scale = T.CreateChecked(scale);
        _denominator = T.CreateChecked(2 * variance * scale * scale);
        _random = random;
    }

    /// <summary>One sample. Its running time depends on it, so noise is drawn before a round, never while a peer
    /// waits.</summary>
    public long Next()
    {
        while (true)
        {
            var (magnitude, negative) = Laplace(_scale, _random);

            // exp(-(|Y| - s^2/t)^2 / (2 s^2)) over the common denominator 2 s^2 t^2.
            var product = checked(magnitude * _scale);
            var distance = product > _variance ? product - _variance : _variance - product;
            if (!BernoulliExponential.Sample(checked(distance * distance), _denominator, _random)) continue;
            var value = long.CreateChecked(magnitude);
            return negative ? -value : value;
        }
    }

    /// <summary>The discrete Laplace distribution of scale t, as magnitude and sign.</summary>
    public static (T Magnitude, bool Negative) Laplace(T scale, KeystreamRandom random)
    {
        while (true)
        {
            var low = UniformInteger.Below(scale, random);
            if (!BernoulliExponential.Sample(low, scale, random)) continue;
            var high = T.Zero;
            while (BernoulliExponential.Sample(1UL, 1UL, random)) high++;
            var magnitude = checked(low + (high * scale));
            var negative = (random.NextUInt64() & 1) == 1;

            // Zero would otherwise be drawn with either sign.
            if (negative && magnitude == T.Zero) continue;
            return (magnitude, negative);
        }
    }
}
