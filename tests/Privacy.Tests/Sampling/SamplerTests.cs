using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Sampling;

/// <summary>sampler_pmf_tables.json: the samples of the exact sampler, and of wrong ones, against exact
/// probabilities.</summary>
public class SamplerTests
{
    private const double LeastPValue = 1e-6;
    private const string Table = "sampler_pmf_tables.json";

    [SharedFact("oracles/dp/sampler_pmf_tables.json")]
    public void The_law_has_every_listed_probability_and_every_bin()
    {
        foreach (var row in OracleFile.Rows(Table).Where(row => row.Text("kind") == "discrete_gaussian"))
        {
            var probability = DiscreteGaussianLaw.Probability(row.Whole("x"), Fraction(Parameter(row, "sigma2")!));
            OracleFile.AssertClose(row.Number("pmf"), probability, 1e-9, $"{row}");
        }

        foreach (var row in OracleFile.Rows(Table, "binned").Where(row => row.Text("kind") == "discrete_gaussian"))
        {
            var variance = Fraction(Parameter(row, "sigma2")!);
            var edge = 40 * Math.Sqrt(variance);
            var first = (long)Math.Max(-edge, row.Number("x_from_inclusive"));
            var end = (long)Math.Min(edge, row.Number("x_to_exclusive"));
            double sum = 0;
            for (var x = first; x < end; x++) sum += DiscreteGaussianLaw.Unnormalised(x, variance);
            OracleFile.AssertClose(row.Number("prob"), sum / DiscreteGaussianLaw.Normaliser(variance), 1e-9, $"{row}");
        }
    }

    [SharedFact("oracles/dp/sampler_pmf_tables.json")]
    public void Small_variances_follow_the_listed_probabilities()
    {
        foreach (var variance in new[] { 1, 4 })
        {
            var (probabilities, half) = Listed("discrete_gaussian", "sigma2", variance);
            var p = PValue(probabilities, half, Draw(variance, 200_000, 11));
            Assert.True(p > LeastPValue, $"variance {variance}: p <= {p}");
        }
    }

    [SharedFact("oracles/dp/sampler_pmf_tables.json")]
    public void Large_variances_follow_the_binned_probabilities()
    {
        foreach (var variance in new[] { 100, 10_000, 1_000_000 })
        {
            var p = BinnedPValue(variance, Draw(variance, 200_000, 12));
            Assert.True(p > LeastPValue, $"variance {variance}: p <= {p}");
        }
    }

    [SharedFact("oracles/dp/sampler_pmf_tables.json")]
    public void The_wide_arithmetic_draws_the_same_distribution()
    {
        using var random = new TestRandom(13);
        using var keystream = new KeystreamRandom(random);
        var sampler = new DiscreteGaussianSampler<BigInteger>(10_000, keystream);
        var samples = new long[100_000];
        foreach (ref var sample in samples.AsSpan()) sample = sampler.Next();
        Assert.True(BinnedPValue(10_000, samples) > LeastPValue);
    }

    [SharedFact("oracles/dp/sampler_pmf_tables.json")]
    public void The_laplace_proposal_follows_the_listed_probabilities()
    {
        // Scale 1 is the proposal of a variance below 1; the sampler takes t = floor(sigma) + 1, so ask it with t = 1.
        var (probabilities, half) = Listed("discrete_laplace", "scale", 1);
        using var random = new TestRandom(14);
        using var keystream = new KeystreamRandom(random);
        var samples = new long[100_000];
        foreach (ref var sample in samples.AsSpan())
        {
            var (magnitude, negative) = DiscreteGaussianSampler<UInt128>.Laplace(1, keystream);
            sample = negative ? -(long)magnitude : (long)magnitude;
        }

        Assert.True(PValue(probabilities, half, samples) > LeastPValue);
    }

    [SharedFact("oracles/dp/sampler_pmf_tables.json")]
    public void The_exponential_coin_has_the_listed_probabilities()
    {
        using var random = new TestRandom(15);
        using var keystream = new KeystreamRandom(random);
        foreach (var row in OracleFile.Rows(Table, "bernoulli_exp"))
        {
            var parts = row.Text("gamma").Split('/');
            var numerator = UInt128.Parse(parts[0], CultureInfo.InvariantCulture);
            var denominator = parts.Length > 1 ? UInt128.Parse(parts[1], CultureInfo.InvariantCulture) : 1;
            const int Trials = 200_000;
            long heads = 0;
            for (var trial = 0; trial < Trials; trial++)
            {
                if (BernoulliExponential.Sample(numerator, denominator, keystream)) heads++;
            }

            var p = row.Number("p_true");
            Assert.True(Math.Abs(heads - (p * Trials)) <= 5.5 * Math.Sqrt(Trials * p * (1 - p)), $"{row}: {heads}");
        }
    }

    [SharedFact("oracles/dp/sampler_pmf_tables.json")]
    public void Wrong_samplers_fail_the_same_tests()
    {
        // A variance that is 5 % too small, exact and as a rounded float; everything off by one; too many zeros; and a
        // rounded float of the right parameter, whose variance the rounding raises by 1/12.
        Assert.True(BinnedPValue(10_000, Draw(9_500, 200_000, 16)) < LeastPValue);
        Assert.True(BinnedPValue(100, RoundedFloats(95, 200_000, 17)) < LeastPValue);
        var shifted = Draw(100, 200_000, 18).Select(x => x + 1).ToArray();
        Assert.True(BinnedPValue(100, shifted) < LeastPValue);
        var (probabilities, half) = Listed("discrete_gaussian", "sigma2", 1);
        var biased = Draw(1, 200_000, 19).Select((x, j) => j % 20 == 0 ? 0 : x).ToArray();
        Assert.True(PValue(probabilities, half, biased) < LeastPValue);
        Assert.True(PValue(probabilities, half, RoundedFloats(1, 200_000, 20)) < LeastPValue);
    }

    [Fact]
    public void Variances_of_every_width_give_the_right_second_moment()
    {
        foreach (var bits in new[] { 8, 40, 55, 56, 57, 80 })
        {
            var variance = BigInteger.One << bits;
            var samples = Draw(variance, 4_000, 21 + bits);
            var second = samples.Average(x => (double)x * x) / (double)variance;

            // Deviation of the mean of 4000 squares: sqrt(2/4000) = 0.0224; six of them.
            Assert.InRange(second, 0.865, 1.135);
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

    [Fact]
    public void The_keystream_is_AES_256_in_counter_mode()
    {
        using var seed = new TestRandom(33);
        var key = new byte[32];
        seed.GetBytes(key);
        using var same = new TestRandom(33);
        using var keystream = new KeystreamRandom(same);
        var bytes = new byte[20_000];
        keystream.GetBytes(bytes.AsSpan(0, 7));
        keystream.GetBytes(bytes.AsSpan(7));
        using var aes = Aes.Create();
        aes.Key = key;
        for (var block = 0; block < bytes.Length / 16; block += 311)
        {
            var counter = new byte[16];
            (counter[14], counter[15]) = ((byte)(block >> 8), (byte)block);
            Assert.Equal(aes.EncryptEcb(counter, PaddingMode.None), bytes.AsSpan(16 * block, 16).ToArray());
        }
    }

    [Fact]
    public void Uniform_integers_cover_their_range_evenly()
    {
        using var random = new TestRandom(34);
        using var keystream = new KeystreamRandom(random);
        var counts = new long[7];
        for (var trial = 0; trial < 70_000; trial++) counts[(int)UniformInteger.Below((UInt128)7, keystream)]++;
        Assert.True(GoodnessOfFit.PValue([.. Enumerable.Repeat(1 / 7.0, 7)], counts) > LeastPValue);
        var wide = new long[3];
        var bound = (BigInteger)3 << 90;
        for (var trial = 0; trial < 30_000; trial++) wide[(int)(UniformInteger.Below(bound, keystream) >> 90)]++;
        Assert.True(GoodnessOfFit.PValue([.. Enumerable.Repeat(1 / 3.0, 3)], wide) > LeastPValue);
    }

    private static long[] Draw(BigInteger variance, int count, int seed)
    {
        using var random = new TestRandom(seed);
        var samples = new long[count];
        DiscreteGaussian.Fill(samples, variance, random);
        return samples;
    }

    private static long[] RoundedFloats(double variance, int count, int seed)
    {
        using var random = new TestRandom(seed);
        using var keystream = new KeystreamRandom(random);
        double Uniform() => ((keystream.NextUInt64() >> 11) + 0.5) * Math.ScaleB(1, -53);
        var samples = new long[count];
        foreach (ref var sample in samples.AsSpan())
        {
            var normal = Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());
            sample = (long)Math.Round(normal * Math.Sqrt(variance));
        }

        return samples;
    }

    /// <summary>Probabilities of -half .. half and, last, of everything beyond.</summary>
    private static (double[] Probabilities, int Half) Listed(string kind, string parameter, int value)
    {
        var rows = OracleFile.Rows(Table)
            .Where(row => row.Text("kind") == kind && Parameter(row, parameter) == $"{value}")
            .OrderBy(row => row.Whole("x")).Select(row => row.Number("pmf")).ToArray();
        var half = rows.Length - 1;
        var inside = Enumerable.Range(-half, (2 * half) + 1).Select(x => rows[Math.Abs(x)]).ToArray();
        return ([.. inside, Math.Max(0, 1 - inside.Sum())], half);
    }

    private static double PValue(double[] probabilities, int half, long[] samples)
    {
        var counts = new long[probabilities.Length];
        foreach (var x in samples) counts[Math.Abs(x) <= half ? (int)x + half : counts.Length - 1]++;
        return GoodnessOfFit.PValue(probabilities, counts);
    }

    private static double BinnedPValue(int variance, long[] samples)
    {
        var bins = OracleFile.Rows(Table, "binned").Where(row =>
            row.Text("kind") == "discrete_gaussian" && Parameter(row, "sigma2") == $"{variance}").ToList();
        var edges = bins.Select(row => row.Number("x_from_inclusive")).ToArray();
        var counts = new long[edges.Length];
        foreach (var x in samples) counts[Array.FindLastIndex(edges, edge => x >= edge)]++;
        return GoodnessOfFit.PValue([.. bins.Select(row => row.Number("prob"))], counts);
    }

    private static double Fraction(string text)
    {
        var parts = text.Split('/').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return parts.Length == 1 ? parts[0] : parts[0] / parts[1];
    }

    private static string? Parameter(JsonElement row, string name) =>
        row.GetProperty("params").TryGetProperty(name, out var value) ? value.GetString() : null;
}
