using FedMeta.Privacy.Tests.Sampling;
using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Accounting;

public class DistributedDiscreteGaussianTests
{
    public static TheoryData<double[]> UnequalShares => new([0.25, 0.5], [1, 0.25, 0.7], [2, 0.3], [0.5, 0.5, 1, 0.25]);

    [SharedFact("oracles/dp/distributed_dp_components.json")]
    public void Tau_and_the_norms_after_rounding_equal_the_reference()
    {
        foreach (var row in OracleFile.Rows("distributed_dp_components.json"))
        {
            var deviation = row.Number("scaled_local_stddev");
            var tau = DistributedDiscreteGaussian.Tau(row.Whole("n_clients"), deviation * deviation);
            Assert.True(Math.Abs(tau - row.Number("tau")) <= 1e-9 * Math.Max(row.Number("tau"), 1e-300));
        }

        foreach (var row in OracleFile.Rows("distributed_dp_components.json", "rounding"))
        {
            var bound = DistributedDiscreteGaussian.RoundedL2Bound(
                row.Number("scaled_l2"), row.Whole("dim"), row.Number("beta"));
            OracleFile.AssertClose(row.Number("rounded_l2_bound"), bound, 1e-9, "L2");
            OracleFile.AssertClose(row.Number("rounded_l1_bound"),
                DistributedDiscreteGaussian.RoundedL1Bound(bound, row.Whole("dim")), 1e-9, "L1");
        }
    }

    [SharedFact("oracles/dp/distributed_noise_exact_rdp.json")]
    public void The_bound_of_equal_shares_equals_the_reference_and_covers_the_exact_divergence()
    {
        foreach (var row in OracleFile.Rows("distributed_noise_exact_rdp.json")
            .Where(row => row.Text("kind") == "sum_of_discrete_gaussians"))
        {
            var bound = DistributedDiscreteGaussian.Rdp(row.Number("order"), row.Whole("n"), row.Number("sigma2_each"),
                row.Number("shift"), row.Number("shift"), 1);
            OracleFile.AssertClose(row.Number("rdp_bound_prop14"), bound, 1e-9, "bound");
            Assert.True(row.Number("rdp_exact") <= bound * (1 + 1e-12));
        }
    }

    [Theory]
    [MemberData(nameof(UnequalShares))]
    public void Unequal_shares_stay_within_half_of_tau_of_one_discrete_Gaussian(double[] variances)
    {
        var sum = Sum(variances);
        var single = IntegerLaw.DiscreteGaussian(variances.Sum());
        var ratio = sum.LargestLogRatio(single, 8 * Math.Sqrt(variances.Sum()));
        var tau = Math.Exp(DistributedDiscreteGaussian.LogTau(variances));
        Assert.True(ratio <= tau / 2, $"{ratio} against {tau / 2}");

        // Not by a wide margin: a tau without its factor 10, or over fewer shares, would not cover it.
        Assert.True(ratio >= tau / 40, $"{ratio} against {tau / 2}");
    }

    [Theory]
    [MemberData(nameof(UnequalShares))]
    public void The_bound_of_unequal_shares_covers_the_exact_divergence(double[] variances)
    {
        var sum = Sum(variances);
        foreach (var order in new[] { 1.5, 2, 4, 8 })
        {
            var bound = DistributedDiscreteGaussian.Rdp(order, variances, 1, 1, 1);
            var exact = sum.Divergence(1, order);
            Assert.True(exact <= bound && exact >= bound / 4, $"{order}: {exact} against {bound}");
        }
    }

    [Fact]
    public void Equal_shares_are_a_case_of_unequal_ones()
    {
        foreach (var shares in new[] { 1, 2, 5, 40 })
        {
            var variances = Enumerable.Repeat(3.5, shares).ToArray();
            if (shares > 1)
            {
                OracleFile.AssertClose(DistributedDiscreteGaussian.LogTau(shares, 3.5),
                    DistributedDiscreteGaussian.LogTau(variances), 1e-12, $"{shares} shares");
            }

            Assert.Equal(DistributedDiscreteGaussian.Rdp(4, shares, 3.5, 2, 3, 16),
                DistributedDiscreteGaussian.Rdp(4, variances, 2, 3, 16), 1e-12);
        }

        Assert.Equal(double.NegativeInfinity, DistributedDiscreteGaussian.LogTau([3.5]));
    }

    [Fact]
    public void Fewer_unknown_shares_cost_more()
    {
        double Cost(int shares) => DistributedDiscreteGaussian.Rdp(8, shares, 400, 20, 40, 64);
        for (var shares = 2; shares < 12; shares++) Assert.True(Cost(shares) < Cost(shares - 1));
    }

    [Fact]
    public void Each_of_the_three_bounds_is_the_least_somewhere()
    {
        // By hand: D2 = 1, D1 = 1, tau = 10 e^(-2 pi^2 s^2/2) for two shares of s^2 = 1/2 in one dimension and in many.
        var tau = DistributedDiscreteGaussian.Tau(2, 0.5);
        double[] Candidates(double order, int d, double l1) =>
        [
            (order / 2) + (tau * d),
            order / 2 * (1 + (2 * l1 * tau) + (tau * tau * d)),
            order / 2 * Math.Pow(1 + (Math.Sqrt(d) * tau), 2),
        ];
        var best = new HashSet<int>();
        foreach (var (order, d, l1) in new[] { (32.0, 1, 1.0), (1.1, 100, 0.5), (1.1, 10_000, 1000.0) })
        {
            var candidates = Candidates(order, d, l1);
            Assert.Equal(candidates.Min(), DistributedDiscreteGaussian.Rdp(order, 2, 0.5, 1, l1, d), 1e-12);
            best.Add(Array.IndexOf(candidates, candidates.Min()));
        }

        Assert.Equal(3, best.Count);
    }

    private static IntegerLaw Sum(double[] variances) =>
        variances.Select(IntegerLaw.DiscreteGaussian).Aggregate((a, b) => a.Plus(b));
}
