using System.Security.Cryptography;

namespace FedMeta.Privacy.Tests.Reporting;

public class SamplerSelfTestTests
{
    [Fact]
    public void The_sampler_of_this_build_passes() => Assert.True(SamplerSelfTest.Passes);

    // The statistic is near 450 for either; eight of its deviations lie between that and the critical value.
    [Theory]
    [InlineData(80)]
    [InlineData(125)]
    public void A_sampler_of_another_variance_would_not(int variance)
    {
        using var random = RandomNumberGenerator.Create();
        var samples = new long[SamplerSelfTest.Samples];
        DiscreteGaussian.Fill(samples, variance, random);
        Assert.True(SamplerSelfTest.ChiSquare(samples) > 116);
    }

    [Fact]
    public void A_sampler_that_counts_zero_twice_would_not()
    {
        // A sign that is drawn without rejecting minus zero: the classical slip.
        using var random = RandomNumberGenerator.Create();
        var samples = new long[SamplerSelfTest.Samples];
        DiscreteGaussian.Fill(samples, SamplerSelfTest.Variance, random);
        for (var i = 0; i < samples.Length; i += 25) samples[i] = 0;
        Assert.True(SamplerSelfTest.ChiSquare(samples) > 116);
    }
}
