using FedMeta.Privacy.Tests.Sampling;
using FedMeta.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Privacy.Tests.Accounting;

public class ZhuWangTests
{
    private static readonly Arbitrary<(int Order, double Rate, double Noise)> Mechanisms = (
        from order in Gen.Choose(2, 128)
        from rate in Gen.Choose(1, 999)
        from noise in Gen.Choose(30, 1000)
        select (order, rate / 1000.0, noise / 100.0)).ToArbitrary();

    [SharedFact("oracles/dp/distributed_dp_components.json")]
    public void Both_theorems_equal_the_reference()
    {
        foreach (var row in OracleFile.Rows("distributed_dp_components.json", "generic_subsampled_rdp"))
        {
            var (order, q) = (row.Whole("order"), row.Number("q"));
            OracleFile.AssertClose(row.Number("rdp_zhu_wang_thm5"),
                RenyiDp.PoissonSubsampled(order, q, a => a / 8.0), 1e-9, $"Theorem 5, {order}, {q}");
            OracleFile.AssertClose(row.Number("rdp_zhu_wang_thm6"),
                RenyiDp.PoissonSubsampledTight(order, q, a => a / 8.0), 1e-9, $"Theorem 6, {order}, {q}");
        }
    }

    [Fact]
    public void The_rigorous_bound_lies_between_the_sampled_Gaussian_and_no_sampling() =>
        Prop.ForAll(Mechanisms, m =>
        {
            var bound = RenyiDp.PoissonSubsampled(m.Order, m.Rate, a => RenyiDp.Gaussian(a, m.Noise));
            Assert.True(bound >= SampledGaussianQuadrature.Divergence(m.Order, m.Rate, m.Noise) * (1 - 1e-10), $"{m}");
            Assert.True(bound <= RenyiDp.Gaussian(m.Order, m.Noise), $"{m}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_the_factor_three_it_is_the_sampled_Gaussian() =>
        Prop.ForAll(Mechanisms, m => OracleFile.AssertClose(
            RenyiDp.PoissonSubsampledGaussian(m.Order, m.Rate, m.Noise),
            RenyiDp.PoissonSubsampledTight(m.Order, m.Rate, a => RenyiDp.Gaussian(a, m.Noise)),
            1e-9,
            $"{m}")).QuickCheckThrowOnFailure();

    [Fact]
    public void The_bound_is_the_published_sum_term_by_term()
    {
        const double Q = 0.03;
        double Published(int a)
        {
            var sum = Math.Pow(1 - Q, a - 1) * ((a * Q) - Q + 1);
            var binomial = (double)a;
            for (var l = 2; l <= a; l++)
            {
                binomial *= (a - l + 1.0) / l;
                sum += (l == 2 ? 1 : 3) * binomial * Math.Pow(1 - Q, a - l) * Math.Pow(Q, l)
                    * Math.Exp((l - 1) * l * 0.04);
            }

            return Math.Log(sum) / (a - 1);
        }

        foreach (var order in new[] { 2, 3, 4, 7, 12 })
            OracleFile.AssertClose(Published(order), RenyiDp.PoissonSubsampled(order, Q, l => l * 0.04), 1e-9, $"{order}");
    }

    [Fact]
    public void Nobody_costs_nothing_and_everybody_costs_the_mechanism()
    {
        Assert.Equal(0, RenyiDp.PoissonSubsampled(8, 0, a => a));
        Assert.Equal(8, RenyiDp.PoissonSubsampled(8, 1, a => a));
        Assert.Equal(0, RenyiDp.PoissonSubsampled(8, 0.3, _ => 0));
    }

    [Fact]
    public void A_mechanism_without_a_sound_divergence_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RenyiDp.PoissonSubsampled(8, 0.1, _ => double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => RenyiDp.PoissonSubsampled(8, 0.1, _ => -1e-9));
        Assert.Throws<ArgumentOutOfRangeException>(() => RenyiDp.PoissonSubsampled(1, 0.1, a => a));
        Assert.Equal(double.PositiveInfinity, RenyiDp.PoissonSubsampled(8, 0.1, _ => double.PositiveInfinity));
    }
}
