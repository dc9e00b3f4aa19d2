using FedMeta.Privacy.Tests.Sampling;
using FedMeta.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Privacy.Tests.Accounting;

public class SampledGaussianTests
{
    private const string File = "rdp_orders.json";

    private static readonly Arbitrary<(double Order, double Rate, double Noise)> Mechanisms = (
        from order in Gen.Choose(11, 640)
        from rate in Gen.Choose(1, 999)
        from noise in Gen.Choose(30, 1000)
        select (order / 10.0, rate / 1000.0, noise / 100.0)).ToArbitrary();

    [SharedFact("oracles/dp/rdp_orders.json")]
    public void Both_directions_equal_forty_digit_quadrature()
    {
        foreach (var row in OracleFile.Rows(File).Where(row => row.GetProperty("rdp_exact_quadrature").ValueKind
            == System.Text.Json.JsonValueKind.String))
        {
            var (order, q, z) = (row.Number("order"), row.Number("q"), row.Number("noise_multiplier"));
            OracleFile.AssertClose(row.Number("rdp_exact_quadrature"),
                RenyiDp.PoissonSubsampledGaussian(order, q, z), 1e-9, $"forward, {order}, {q}, {z}");
            if (row.GetProperty("rdp_reverse_direction_quadrature").ValueKind == System.Text.Json.JsonValueKind.Null)
                continue;
            OracleFile.AssertClose(row.Number("rdp_reverse_direction_quadrature"),
                RenyiDp.PoissonSubsampledGaussianReverse(order, q, z), 1e-9, $"reverse, {order}, {q}, {z}");
        }
    }

    [Fact]
    public void A_sample_is_never_dearer_than_everybody_and_never_free() =>
        Prop.ForAll(Mechanisms, m =>
        {
            var sampled = RenyiDp.PoissonSubsampledGaussian(m.Order, m.Rate, m.Noise);
            Assert.True(sampled > 0 && sampled <= RenyiDp.Gaussian(m.Order, m.Noise) * (1 + 1e-12), $"{m}: {sampled}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_divergence_rises_with_the_order_and_the_rate_and_falls_with_the_noise() =>
        Prop.ForAll(Mechanisms, m =>
        {
            var value = RenyiDp.PoissonSubsampledGaussian(m.Order, m.Rate, m.Noise) * (1 - 1e-11);
            Assert.True(value <= RenyiDp.PoissonSubsampledGaussian(m.Order + 0.1, m.Rate, m.Noise), $"{m}: order");
            Assert.True(value <= RenyiDp.PoissonSubsampledGaussian(m.Order, m.Rate + 0.001, m.Noise), $"{m}: rate");
            Assert.True(value <= RenyiDp.PoissonSubsampledGaussian(m.Order, m.Rate, m.Noise * 0.99), $"{m}: noise");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_sum_at_whole_orders_is_the_integral_there() =>
        Prop.ForAll(Mechanisms, m =>
        {
            var whole = Math.Ceiling(m.Order);
            OracleFile.AssertClose(
                RenyiDp.PoissonSubsampledGaussian(whole, m.Rate, m.Noise),
                SampledGaussianQuadrature.Divergence(whole, m.Rate, m.Noise),
                1e-10,
                $"{m}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_reverse_direction_is_never_the_larger() =>
        Prop.ForAll(Mechanisms, m => Assert.True(
            RenyiDp.PoissonSubsampledGaussianReverse(m.Order, m.Rate, m.Noise)
                <= RenyiDp.PoissonSubsampledGaussian(m.Order, m.Rate, m.Noise) * (1 + 1e-11)))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(64)]
    [InlineData(1024)]
    public void Nobody_costs_nothing_and_everybody_costs_the_plain_noise(double order)
    {
        Assert.Equal(0, RenyiDp.PoissonSubsampledGaussian(order, 0, 2));
        Assert.Equal(order / 8, RenyiDp.PoissonSubsampledGaussian(order, 1, 2));
        Assert.Equal(0, RenyiDp.PoissonSubsampledGaussianReverse(order, 0, 2));
        Assert.Equal(order / 8, RenyiDp.PoissonSubsampledGaussianReverse(order, 1, 2));
        OracleFile.AssertClose(order / 8, RenyiDp.PoissonSubsampledGaussian(order, 1 - 1e-12, 2), 1e-9, "almost all");
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(3.3)]
    [InlineData(8)]
    public void A_tiny_cost_keeps_its_digits(double order)
    {
        // To first order in q^2 the divergence is a/2 q^2 (e^(1/z^2) - 1); a plain sum of the moment would say 0.
        var expected = order / 2 * 1e-18 * (Math.Exp(0.25) - 1);
        OracleFile.AssertClose(expected, RenyiDp.PoissonSubsampledGaussian(order, 1e-9, 2), 1e-6, $"order {order}");
    }

    [Fact]
    public void Noise_too_small_for_an_integral_is_charged_at_the_next_whole_order()
    {
        var value = RenyiDp.PoissonSubsampledGaussian(2.5, 0.1, 1e-3);
        Assert.Equal(RenyiDp.PoissonSubsampledGaussian(3, 0.1, 1e-3), value);
        Assert.True(value > 1e5);
    }
}
