using FedMeta.Privacy.Tests.Sampling;
using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Accounting;

public class SkellamTests
{
    [SharedFact("oracles/dp/distributed_noise_exact_rdp.json")]
    public void The_bound_equals_the_reference_and_covers_the_exact_divergence()
    {
        foreach (var row in OracleFile.Rows("distributed_noise_exact_rdp.json").Where(r => r.Text("kind") == "skellam"))
        {
            var bound = Skellam.Rdp(
                row.Whole("order"), row.Number("sigma2_each"), row.Number("shift"), row.Number("shift"));
            OracleFile.AssertClose(row.Number("rdp_bound_prop14"), bound, 1e-9, "bound");
            Assert.True(row.Number("rdp_exact") <= bound);
        }
    }

    [SharedFact("oracles/dp/sampler_pmf_tables.json")]
    public void Probabilities_equal_the_reference_to_twelve_digits()
    {
        foreach (var row in OracleFile.Rows("sampler_pmf_tables.json").Where(row => row.Text("kind") == "skellam"))
        {
            var variance = row.GetProperty("params").Text("variance") == "4" ? 4 : 0.5;
            OracleFile.AssertClose(row.Number("pmf"), SkellamLaw.Probability(row.Whole("x"), variance), 1e-12,
                $"variance {variance}, {row.Whole("x")}");
        }
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(333)]
    [InlineData(40_000)]
    public void Probabilities_add_up_to_one_and_have_the_variance(double variance)
    {
        var reach = (long)((15 * Math.Sqrt(variance)) + 40);
        var (mass, square) = (0.0, 0.0);
        for (var k = -reach; k <= reach; k++)
        {
            var probability = SkellamLaw.Probability(k, variance);
            mass += probability;
            square += probability * k * k;
        }

        OracleFile.AssertClose(1, mass, 1e-11, "mass");
        OracleFile.AssertClose(variance, square, 1e-11, "variance");
    }

    [Fact]
    public void Two_shares_are_one_of_their_total_variance()
    {
        var half = IntegerLaw.Of(x => SkellamLaw.LogProbability(x, 3));
        Assert.True(half.Plus(half).LargestLogRatio(IntegerLaw.Of(x => SkellamLaw.LogProbability(x, 6)), 40) < 1e-10);
    }

    [Fact]
    public void The_bound_approaches_the_Gaussian_for_wide_noise_and_rises_with_the_sensitivity()
    {
        OracleFile.AssertClose(RenyiDp.Gaussian(8, 1000), Skellam.Rdp(8, 1e6 * 1e6, 1000, 1000), 1e-2, "wide");
        Assert.True(Skellam.Rdp(4, 10, 2, 2) > Skellam.Rdp(4, 10, 1, 1));
        Assert.True(Skellam.Rdp(4, 10, 1, 1) > Skellam.Rdp(4, 20, 1, 1));
        Assert.Equal(0, Skellam.Rdp(4, 10, 0, 0));
    }
}
