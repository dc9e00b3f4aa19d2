using FedMeta.Privacy.Tests.Sampling;
using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Accounting;

/// <summary>Ways of noise that FedMeta does not take, with the numbers that say why.</summary>
public class ComparisonTests
{
    [SharedFact("oracles/dp/noise_shares.json")]
    public void Components_of_removable_noise_equal_the_reference()
    {
        foreach (var row in OracleFile.Rows("noise_shares.json", "xnoise"))
        {
            var (clients, tolerance, dropped) = (row.Whole("n_sampled"), row.Whole("tolerance"), row.Whole("dropped"));
            var expected = row.GetProperty("component_variance_over_target").EnumerateArray()
                .Select(component => component.GetDouble()).ToArray();
            var components = RemovableNoise.Components(clients, tolerance);
            Assert.Equal(expected.Length, components.Count);
            for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], components[k], 1e-12);
            Assert.Equal(1, RemovableNoise.Remaining(clients, tolerance, dropped), 1e-9);
        }
    }

    [Fact]
    public void Removable_noise_is_the_target_for_every_number_of_dropouts()
    {
        for (var clients = 1; clients < 40; clients++)
        {
            for (var tolerance = 0; tolerance < clients; tolerance++)
            {
                OracleFile.AssertClose(1.0 / (clients - tolerance),
                    RemovableNoise.Components(clients, tolerance).Sum(), 1e-12, "all components");
                for (var dropped = 0; dropped <= tolerance; dropped++)
                    OracleFile.AssertClose(1, RemovableNoise.Remaining(clients, tolerance, dropped), 1e-12, "rest");
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => RemovableNoise.Remaining(10, 3, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => RemovableNoise.Components(3, 3));
    }

    [SharedFact("oracles/dp/matrix_factorization.json")]
    public void Correlated_noise_equals_the_reference_and_costs_where_every_site_takes_part()
    {
        foreach (var row in OracleFile.Rows("matrix_factorization.json"))
        {
            var noise = new SquareRootFactorization(row.Whole("rounds"));
            OracleFile.AssertClose(row.Number("ratio_single"),
                noise.SingleVariance / noise.IndependentSingleVariance, 1e-9, "single");
            OracleFile.AssertClose(row.Number("ratio_every_round"),
                noise.EveryRoundVariance / noise.IndependentEveryRoundVariance, 1e-9, "every round");
            Assert.True(noise.EveryRoundVariance > noise.IndependentEveryRoundVariance);
        }
    }

    [Fact]
    public void The_factor_squared_is_the_matrix_of_prefix_sums_and_its_norms_are_as_stated()
    {
        const int Rounds = 12;
        double[] c = [.. Enumerable.Range(0, Rounds).Select(SquareRootFactorization.Coefficient)];
        for (var lag = 0; lag < Rounds; lag++)
            Assert.Equal(1, Enumerable.Range(0, lag + 1).Sum(k => c[k] * c[lag - k]), 1e-12);

        var noise = new SquareRootFactorization(Rounds);
        double Row(int t) => Enumerable.Range(0, t + 1).Sum(k => c[k] * c[k]);
        var mean = Enumerable.Range(0, Rounds).Average(Row);
        var every = Enumerable.Range(0, Rounds).Sum(t => Math.Pow(c.Take(t + 1).Sum(), 2));
        Assert.Equal(every * mean, noise.EveryRoundVariance, 1e-9);
        Assert.Equal(c.Sum(x => x * x) * mean, noise.SingleVariance, 1e-9);
        Assert.Equal(c[^1], noise.LastCoefficient, 1e-15);
    }

    [SharedFact("oracles/dp/noise_to_signal.json")]
    public void Noise_over_signal_equals_the_reference()
    {
        foreach (var row in OracleFile.Rows("noise_to_signal.json"))
        {
            var contributions = row.GetProperty("sites").ValueKind == System.Text.Json.JsonValueKind.Number
                ? row.Whole("sites") : row.Whole("patients_in_round");
            OracleFile.AssertClose(row.Number("noise_norm_over_clip_in_mean"),
                NoiseShares.NoiseToSignal(row.Number("central_noise_multiplier"), row.Whole("dim"), contributions),
                1e-9, "noise over signal");
        }
    }

    [SharedFact("oracles/dp/distributed_dp_eps.json")]
    public void The_scale_for_a_ring_equals_the_reference()
    {
        foreach (var row in OracleFile.Rows("distributed_dp_eps.json"))
        {
            var deviations = ModularScale.Deviations(row.Number("modclip_prob"));
            OracleFile.AssertClose(row.Number("k_stddevs"), deviations, 1e-9, "deviations");
            var scale = ModularScale.Of(row.Whole("bits"), row.Whole("n_clients"), deviations, row.Whole("dim"),
                row.Number("l2_clip"), row.Number("local_stddev"));
            OracleFile.AssertClose(row.Number("scale_factor_uncapped"), scale!.Value, 1e-9, "scale");
        }

        Assert.Null(ModularScale.Of(2, 100, 4, 16, 1, 1));
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(300)]
    public void Discrete_Laplace_probabilities_add_up_to_one(double scale)
    {
        var mass = DiscreteLaplaceLaw.Probability(0, scale);
        for (var x = 1L; x < 100 * scale; x++) mass += 2 * DiscreteLaplaceLaw.Probability(x, scale);
        Assert.Equal(1, mass, 1e-12);
        Assert.Equal(DiscreteLaplaceLaw.Probability(7, scale), DiscreteLaplaceLaw.Probability(-7, scale));
    }
}
