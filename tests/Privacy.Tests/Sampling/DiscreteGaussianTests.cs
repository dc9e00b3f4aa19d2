using System.Numerics;
using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Sampling;

/// <summary>The exact sampler against exact probabilities, in both widths of its comparisons.</summary>
public class DiscreteGaussianTests
{
    [SharedFact("oracles/dp/sampler_pmf_tables.json")]
    public void The_law_has_every_listed_probability_and_every_bin()
    {
        foreach (var row in PmfTables.Rows("discrete_gaussian"))
        {
            var variance = PmfTables.Fraction(PmfTables.Parameter(row, "sigma2")!);
            var probability = DiscreteGaussianLaw.Probability(row.Whole("x"), variance);
            OracleFile.AssertClose(row.Number("pmf"), probability, 1e-9, $"{row}");
        }

        foreach (var row in PmfTables.Bins("discrete_gaussian"))
        {
            var variance = PmfTables.Fraction(PmfTables.Parameter(row, "sigma2")!);
            var edge = 40 * Math.Sqrt(variance);
            var first = (long)Math.Max(-edge, row.Number("x_from_inclusive"));
            var end = (long)Math.Min(edge, row.Number("x_to_exclusive"));
            double sum = 0;
            for (var x = first; x < end; x++) sum += DiscreteGaussianLaw.Unnormalised(x, variance);
            OracleFile.AssertClose(row.Number("prob"), sum / DiscreteGaussianLaw.Normaliser(variance), 1e-9, $"{row}");
        }
    }

    [SharedFact("oracles/dp/sampler_pmf_tables.json")]
    public void The_sampler_follows_the_listed_probabilities()
    {
        foreach (var variance in new[] { 1, 4, 100, 10_000, 1_000_000 })
        {
            var p = PmfTables.PValue(variance, Draw(variance, 200_000, 11));
            Assert.True(p > PmfTables.LeastPValue, $"variance {variance}: p = {p}");
        }
    }

    // 0 digits: every comparison is made in the wide integers, as in the paper; 3: about half of them; 8: a few.
    [SharedFact("oracles/dp/sampler_pmf_tables.json")]
    public void The_wide_arithmetic_draws_the_same_distribution()
    {
        foreach (var digits in new[] { 0, 3, 8 })
        {
            foreach (var variance in new[] { 1, 100, 1_000_000 })
            {
                using var keystream = Keystream(13);
                var sampler = new DiscreteGaussianSampler(variance, keystream, digits);
                var samples = Enumerable.Range(0, 30_000).Select(_ => sampler.Next()).ToArray();
                var p = PmfTables.PValue(variance, samples);
                Assert.True(p > PmfTables.LeastPValue, $"{digits} digits, variance {variance}: p = {p}");
            }
        }
    }

    [SharedFact("oracles/dp/sampler_pmf_tables.json")]
    public void The_laplace_proposal_follows_the_listed_probabilities()
    {
        using var keystream = Keystream(14);
        var coin = new ExponentialCoin(keystream, ExponentialCoin.MostDigits);
        var laplace = new DiscreteLaplace(1, coin, keystream);
        var samples = new long[100_000];
        foreach (ref var sample in samples.AsSpan())
        {
            var (magnitude, negative) = laplace.Next();
            sample = negative ? -(long)magnitude : (long)magnitude;
        }

        var rows = PmfTables.Rows("discrete_laplace").Where(row => PmfTables.Parameter(row, "scale") == "1");
        Assert.True(PmfTables.PValue(rows, samples) > PmfTables.LeastPValue);
    }

    [Fact]
    public void Variances_of_every_width_give_the_right_second_moment()
    {
        foreach (var bits in new[] { 0, 8, 40, 56, 80, 96 })
        {
            var variance = BigInteger.One << bits;
            var second = Draw(variance, 40_000, 21 + bits).Average(x => (double)x * x) / (double)variance;

            // Deviation of the mean of 40000 squares: sqrt(2/40000) = 0.0071; six of them.
            Assert.InRange(second, 0.957, 1.043);
        }
    }

    [Fact]
    public void Equal_keys_give_equal_noise_and_other_keys_other_noise()
    {
        Assert.Equal(Draw(300, 100, 31), Draw(300, 100, 31));
        Assert.NotEqual(Draw(300, 100, 31), Draw(300, 100, 32));
    }

    [Fact]
    public void Variances_outside_the_range_are_refused()
    {
        using var random = new TestRandom(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => DiscreteGaussian.Fill(new long[1], 0, random));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => DiscreteGaussian.Fill(new long[1], (BigInteger.One << 96) + 1, random));
    }

    private static KeystreamRandom Keystream(int seed)
    {
        using var random = new TestRandom(seed);
        return new KeystreamRandom(random);
    }

    private static long[] Draw(BigInteger variance, int count, int seed)
    {
        using var random = new TestRandom(seed);
        var samples = new long[count];
        DiscreteGaussian.Fill(samples, variance, random);
        return samples;
    }
}
