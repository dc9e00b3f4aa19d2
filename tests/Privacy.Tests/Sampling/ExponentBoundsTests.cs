using System.Numerics;

namespace FedMeta.Privacy.Tests.Sampling;

/// <summary>The narrow width of an exponent holds its exact value between its bounds: docs/proofs/sampler.md,
/// Lemma 4.</summary>
public class ExponentBoundsTests
{
    public static TheoryData<string> Variances => [.. new[]
    {
        BigInteger.One, 2, 3, 4, 15, 16, 17, 255, 256, 257, 65_535, 65_536,
        (BigInteger.One << 40) - 1, BigInteger.One << 40, (BigInteger.One << 40) + 1,
        BigInteger.Pow(3, 60), BigInteger.Pow(10, 28), (BigInteger.One << 96) - 1, BigInteger.One << 96,
    }.Select(variance => variance.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    [Theory]
    [MemberData(nameof(Variances))]
    public void Both_exponents_lie_between_their_bounds(string text)
    {
        var variance = BigInteger.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        using var random = new TestRandom(41);
        using var keystream = new KeystreamRandom(random);
        var sampler = new DiscreteGaussianSampler(variance, keystream);
        var scale = ScaleOf(variance);
        var laplace = new DiscreteLaplace(scale, new ExponentialCoin(keystream, 32), keystream);
        var peak = (ulong)(variance / scale);
        ulong[] edges = [0, 1, scale - 1, scale, scale + 1, peak, peak + 1, (511 * scale) - 1, 511 * scale];
        var inside = Enumerable.Range(0, 2_000).Select(
            j => UniformInteger.Below(((ulong)(j % 511) + 1) * scale, keystream));
        foreach (var magnitude in edges.Concat(inside))
        {
            AssertBetween(sampler.ExponentOf(magnitude), $"magnitude {magnitude}");
            AssertBetween(laplace.ExponentOf(magnitude % scale), $"remainder {magnitude % scale}");
        }
    }

    [Fact]
    public void The_exponents_are_those_of_the_paper()
    {
        using var random = new TestRandom(42);
        using var keystream = new KeystreamRandom(random);
        var sampler = new DiscreteGaussianSampler(100, keystream);

        // t = floor(10) + 1; (|Y| - 100/11)^2 / 200 = (11 |Y| - 100)^2 / (200 * 121).
        Assert.Equal((BigInteger.Pow((11 * 25) - 100, 2), 200 * 121), sampler.ExponentOf(25).Fraction);
        var laplace = new DiscreteLaplace(11, new ExponentialCoin(keystream, 32), keystream);
        Assert.Equal((7, 11), laplace.ExponentOf(7).Fraction);
    }

    [Fact]
    public void A_magnitude_beyond_the_arithmetic_throws()
    {
        using var random = new TestRandom(43);
        using var keystream = new KeystreamRandom(random);
        foreach (var variance in new[] { BigInteger.One, 10_000, BigInteger.One << 96 })
        {
            var sampler = new DiscreteGaussianSampler(variance, keystream);
            var tooFar = 1024 * ScaleOf(variance);
            Assert.Throws<OverflowException>(() => sampler.ExponentOf(tooFar).Lower);
        }
    }

    private static void AssertBetween<TExponent>(TExponent exponent, string what)
        where TExponent : struct, IExponent
    {
        var (numerator, denominator) = exponent.Fraction;
        var scaled = numerator << ExponentialCoin.MostDigits;
        Assert.True(exponent.Lower * denominator <= scaled, what + " lies below its bounds");
        Assert.True(scaled <= (exponent.Lower + IExponent.Width) * denominator, what + " lies above its bounds");
    }

    private static ulong ScaleOf(BigInteger variance)
    {
        var root = ExactArithmetic.SquareRootUp(variance);
        return (ulong)(root * root == variance ? root + 1 : root);
    }
}
