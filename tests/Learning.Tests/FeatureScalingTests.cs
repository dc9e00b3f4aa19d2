using Xunit;

namespace FedMeta.Learning.Tests;

public class FeatureScalingTests
{
    [Fact]
    public void Missing_values_become_the_centre_and_strange_ones_are_cut()
    {
        var scaling = new FeatureScaling([50, 0], [10, 1]);
        var z = new double[6];
        scaling.Apply<double>([60, double.NaN, double.NaN, 1e9, 40, -1e9], z);
        Assert.Equal([1, 0, 0, 8, -1, -8], z);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_scale_that_is_not_above_zero_is_refused(double scale) =>
        Assert.Throws<ArgumentException>(() => new FeatureScaling([0], [scale]));
}
