using FedMeta.Privacy.Tests.Sampling;
using FedMeta.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Privacy.Tests.Accounting;

public class FixedSizeSamplingTests
{
    [SharedFact("oracles/dp/rdp_orders.json")]
    public void Theorem_27_equals_the_reference()
    {
        var rows = OracleFile.Rows("rdp_orders.json")
            .Where(row => row.Text("kind").StartsWith("fixed", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var (order, q, z) = (row.Number("order"), row.Number("q"), row.Number("noise_multiplier"));
            OracleFile.AssertClose(row.Number("rdp_dp_accounting"), RenyiDp.FixedSizeSubsampledGaussian(order, q, z),
                1e-9, $"{order}, {q}, {z}");
        }
    }

    [Fact]
    public void A_fixed_sample_is_never_dearer_than_everybody_and_rises_with_order_and_rate() =>
        Prop.ForAll(
            (from order in Gen.Choose(2, 64)
             from rate in Gen.Choose(1, 999)
             from noise in Gen.Choose(30, 1000)
             select (Order: order, Rate: rate / 1000.0, Noise: noise / 100.0)).ToArbitrary(),
            m =>
            {
                var value = RenyiDp.FixedSizeSubsampledGaussian(m.Order, m.Rate, m.Noise);
                Assert.True(value > 0 && value <= RenyiDp.Gaussian(m.Order, m.Noise), $"{m}: {value}");
                value *= 1 - 1e-11;
                Assert.True(value <= RenyiDp.FixedSizeSubsampledGaussian(m.Order + 1, m.Rate, m.Noise), $"{m}: order");
                Assert.True(
                    value <= RenyiDp.FixedSizeSubsampledGaussian(m.Order, m.Rate + 0.001, m.Noise), $"{m}: rate");
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_differences_are_the_alternating_sums_where_those_still_have_digits()
    {
        const double Noise = 0.7;
        var ours = GaussianDifferences.LogEven(8, Noise);
        for (var m = 1; m <= 4; m++)
        {
            var (sum, binomial) = (0.0, 1.0);
            for (var k = 0; k <= 2 * m; k++)
            {
                sum += (k % 2 == 0 ? 1 : -1) * binomial * Math.Exp(k * (k - 1.0) / (2 * Noise * Noise));
                binomial *= ((2.0 * m) - k) / (k + 1);
            }

            OracleFile.AssertClose(sum, Math.Exp(ours[m]), 1e-9, $"difference {2 * m}");
        }
    }

    [Fact]
    public void Nobody_costs_nothing_and_everybody_costs_the_plain_noise()
    {
        Assert.Equal(0, RenyiDp.FixedSizeSubsampledGaussian(8, 0, 2));
        Assert.Equal(1, RenyiDp.FixedSizeSubsampledGaussian(8, 1, 2));
    }
}
