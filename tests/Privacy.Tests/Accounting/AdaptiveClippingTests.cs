using FedMeta.Privacy.Tests.Sampling;
using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Accounting;

public class AdaptiveClippingTests
{
    private static readonly double[] Norms = [0.3, 0.5, 0.8, 1.0, 1.1, 1.3, 2.0, 4.0];

    [SharedFact("oracles/dp/adaptive_clipping.json")]
    public void The_split_and_the_trace_equal_the_reference()
    {
        foreach (var row in OracleFile.Rows("adaptive_clipping.json"))
        {
            var split = AdaptiveClipping.ValueNoiseMultiplier(row.Number("target_noise_multiplier"),
                AdaptiveClipping.UsualBitNoise(row.Whole("clients")));
            Assert.Equal(row.GetProperty("feasible").GetBoolean(), split is not null);
            if (split is { } value)
                OracleFile.AssertClose(row.Number("value_noise_multiplier"), value, 1e-9, "value noise");
        }

        var clip = 0.1;
        foreach (var row in OracleFile.Rows("adaptive_clipping.json", "trace"))
        {
            OracleFile.AssertClose(row.Number("clip_used"), clip, 1e-9, "clip used");
            clip = AdaptiveClipping.Next(clip, Norms.Count(norm => norm <= clip) / 8.0, 0.5, 0.2);
            OracleFile.AssertClose(row.Number("clip_next"), clip, 1e-9, "clip next");
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    [InlineData(1.1)]
    [InlineData(3)]
    public void The_clip_norm_settles_at_the_quantile_wherever_it_starts(double clip)
    {
        for (var round = 0; round < 200; round++)
            clip = AdaptiveClipping.Next(clip, Norms.Count(norm => norm <= clip) / 8.0, 0.5, 0.2);
        Assert.InRange(clip, 0.9, 1.2);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    [InlineData(1.1)]
    [InlineData(3)]
    public void With_a_bit_that_means_clipped_the_same_rule_runs_away(double clip)
    {
        for (var round = 0; round < 200; round++)
            clip = AdaptiveClipping.Next(clip, Norms.Count(norm => norm > clip) / 8.0, 0.5, 0.2);
        Assert.True(clip is < 1e-5 or > 1e5, $"{clip}");
    }

    [Fact]
    public void Values_and_bits_together_cost_what_was_asked()
    {
        var values = AdaptiveClipping.ValueNoiseMultiplier(1.7, 3)!.Value;
        OracleFile.AssertClose(1 / (1.7 * 1.7), (1 / (values * values)) + (1 / (6.0 * 6)), 1e-12, "1/z^2");
        Assert.True(values > 1.7);
    }

    [Fact]
    public void Ten_sites_cannot_pay_for_their_bits()
    {
        Assert.Null(AdaptiveClipping.ValueNoiseMultiplier(1, AdaptiveClipping.UsualBitNoise(10)));
        Assert.NotNull(AdaptiveClipping.ValueNoiseMultiplier(0.99, AdaptiveClipping.UsualBitNoise(10)));
    }

    [Fact]
    public void The_noise_of_a_round_belongs_to_the_clip_norm_that_was_used()
    {
        // Scaled with the next norm instead, the noise is too small by as much as one step of the rule.
        var next = AdaptiveClipping.Next(1, 1, 0.5, 0.2);
        Assert.InRange(next, Math.Exp(-0.1) - 1e-12, Math.Exp(-0.1) + 1e-12);
        Assert.True(Gaussian.Epsilon(1 / (2 * next), 1e-5) > 1.09 * Gaussian.Epsilon(1 / 2.0, 1e-5));
    }
}
