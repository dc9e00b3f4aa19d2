using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Sampling;

/// <summary>The test of fit that the exact sampler passes is one that wrong samplers fail.</summary>
public class WrongSamplerTests
{
    public static TheoryData<int, SamplerFault> Faults => new()
    {
        { 1, SamplerFault.RoundedGaussian },
        { 1, SamplerFault.ScaleOffByOne },
        { 100, SamplerFault.ScaleOffByOne },
        { 1, SamplerFault.TwoZeros },
        { 4, SamplerFault.TwoZeros },
        { 100, SamplerFault.BiasedSign },
        { 10_000, SamplerFault.BiasedSign },
        { 4, SamplerFault.SignFromTheMagnitude },
        { 100, SamplerFault.SignFromTheMagnitude },
        { 10_000, SamplerFault.Modulo },
        { 1_000_000, SamplerFault.SeriesOffByOne },
        { 100, SamplerFault.NoRejection },
        { 10_000, SamplerFault.SmallVariance },
        { 100, SamplerFault.Shifted },
    };

    [SharedTheory("oracles/dp/sampler_pmf_tables.json")]
    [MemberData(nameof(Faults))]
    public void A_wrong_sampler_fails_the_test_of_fit(int variance, SamplerFault fault)
    {
        var p = PValue(variance, fault);
        Assert.True(p < PmfTables.LeastPValue, $"p = {p}");
    }

    [SharedTheory("oracles/dp/sampler_pmf_tables.json")]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(10_000)]
    public void The_same_code_without_a_fault_passes_it(int variance) =>
        Assert.True(PValue(variance, SamplerFault.None) > PmfTables.LeastPValue);

    private static double PValue(int variance, SamplerFault fault)
    {
        using var random = new TestRandom(16);
        using var keystream = new KeystreamRandom(random);
        var sampler = new FaultySampler(variance, fault, keystream);
        return PmfTables.PValue(variance, Enumerable.Range(0, 200_000).Select(_ => sampler.Next()));
    }
}
