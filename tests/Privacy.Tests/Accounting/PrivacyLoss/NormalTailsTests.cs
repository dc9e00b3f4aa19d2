using System.Runtime.Intrinsics;

namespace FedMeta.Privacy.Tests.Accounting.PrivacyLoss;

public class NormalTailsTests
{
    [Theory]
    [InlineData(0, 1.2533141373155002512)]
    [InlineData(0.1, 1.1592623996187363)]
    [InlineData(1, 0.65567954241879847154)]
    [InlineData(3, 0.30459029871010329573)]
    [InlineData(8, 0.12313196325793229628)]
    [InlineData(40, 0.024984404205720571)]
    public void The_Mills_ratio_has_fifteen_digits(double y, double exact)
    {
        Assert.Equal(exact, Mills(y), exact * 1e-15);
        Assert.Equal(exact, Mills(-y), exact * 1e-15);
    }

    [Fact]
    public void It_agrees_with_series_and_continued_fraction_everywhere()
    {
        for (var y = 0.0; y < 60; y += 0.0137)
            Assert.Equal(1, Mills(y) / NormalDistribution.MillsRatio(y), 2e-14);
        Assert.Equal(1e-100, Mills(1e100), 1e-115);
    }

    [Fact]
    public void Densities_and_tails_keep_their_digits_far_out()
    {
        for (var y = -37.0; y < 37; y += 0.173)
        {
            var vector = Vector256.Create(y);
            var density = NormalTails.Density(vector);
            var (upper, lower) = NormalTails.Split(vector, density, NormalTails.MillsRatio(vector));
            Assert.Equal(1, density[0] / Math.Exp(NormalDistribution.LogDensity(y)), 5e-13);
            Assert.Equal(1, lower[0] / NormalDistribution.Cdf(y), 5e-13);
            Assert.Equal(1, upper[0] / NormalDistribution.Cdf(-y), 5e-13);
        }

        Assert.Equal(0, NormalTails.Density(Vector256.Create(1e100))[0]);
    }

    private static double Mills(double y) => NormalTails.MillsRatio(Vector256.Create(y))[0];
}
