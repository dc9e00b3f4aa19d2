namespace FedMeta.Privacy.Tests.Sampling;

public class SamplingCoinTests
{
    private const int Patients = 1000;
    private const int Rounds = 400;

    public static TheoryData<int> Rates => [1, 1000, 50_000, 333_333, 500_000, 999_000, 999_999];

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_sample_is_a_thousand_independent_coins_of_the_exact_rate(int millionths)
    {
        var rate = SamplingRate.FromMillionths(millionths);
        using var coin = new SamplingCoin(rate, new TestRandom(millionths));
        Assert.True(PValue(rate, () => Sample(coin.NextMask)) > 1e-6);
    }

    [Fact]
    public void A_batch_of_fixed_size_a_biased_coin_and_coins_in_pairs_fail_the_same_test()
    {
        var rate = SamplingRate.FromMillionths(100_000);
        using var random = new KeystreamRandom(new TestRandom(1));
        bool[] Fixed()
        {
            var batch = new bool[Patients];
            for (var chosen = 0; chosen < Patients / 10;)
            {
                var at = UniformInteger.Below((ulong)Patients, random);
                if (batch[at]) continue;
                batch[at] = true;
                chosen++;
            }

            return batch;
        }

        // A byte's remainder: 0 to 25 of 256 instead of a tenth.
        bool[] Biased() => Sample(() => random.NextUInt64() % 256 < 26 ? -1 : 0);
        bool[] Paired()
        {
            using var coin = new SamplingCoin(rate, random);
            var batch = Sample(coin.NextMask);
            for (var j = 1; j < Patients; j += 2) batch[j] = batch[j - 1];
            return batch;
        }

        Assert.InRange(PValue(rate, Fixed), 0, 1e-6);
        Assert.InRange(PValue(rate, Biased, 20 * Rounds), 0, 1e-6);
        Assert.InRange(PValue(rate, Paired), 0, 1e-6);
    }

    [Fact]
    public void The_fraction_decides_at_the_very_edge_and_what_is_beyond_all_blocks_is_drawn_again()
    {
        // 2^64 - 1 = 3 * block exactly; the one value beyond the blocks is the largest.
        var third = ulong.MaxValue / 3;
        Assert.Equal(-1, SamplingCoin.MaskOf(0, third));
        Assert.Equal(-1, SamplingCoin.MaskOf(third - 1, third));
        Assert.Equal(0, SamplingCoin.MaskOf(third, third));
        Assert.Equal(0, SamplingCoin.MaskOf(ulong.MaxValue, third));
        foreach (var millionths in Rates.Select<object[], int>(row => (int)row[0]))
        {
            using var coin = new SamplingCoin(SamplingRate.FromMillionths(millionths), new TestRandom(4));

            // Heads and all draws that count are in the exact proportion.
            Assert.Equal((UInt128)coin.All * (uint)millionths, (UInt128)coin.Heads * SamplingRate.Parts);
            Assert.True(ulong.MaxValue - coin.All < SamplingRate.Parts);
        }
    }

    [Fact]
    public void Two_coins_from_one_source_are_two_streams()
    {
        using var source = new TestRandom(3);
        using var first = new SamplingCoin(SamplingRate.FromMillionths(500_000), source);
        using var second = new SamplingCoin(SamplingRate.FromMillionths(500_000), source);
        Assert.NotEqual(Sample(first.NextMask), Sample(second.NextMask));
        Assert.Equal("(secret)", first.ToString());
    }

    private static bool[] Sample(Func<long> mask) => [.. Enumerable.Range(0, Patients).Select(_ => mask() != 0)];

    /// <summary>The least of two p-values, doubled: the sizes of the samples against the binomial law, and each
    /// patient's own presence against the rate.</summary>
    private static double PValue(SamplingRate rate, Func<bool[]> sample, int rounds = Rounds)
    {
        var sizes = new long[Patients + 1];
        var present = new long[2];
        for (var round = 0; round < rounds; round++)
        {
            var size = sample().Count(each => each);
            sizes[size]++;
            present[0] += size;
            present[1] += Patients - size;
        }

        var q = rate.ToDouble();
        var (logIn, logOut) = (Math.Log(q), RealFunctions.Log1P(-q));
        var law = new double[Patients + 1];
        var binomial = 0.0;
        for (var k = 0; k <= Patients; k++)
        {
            law[k] = Math.Exp(binomial + (k * logIn) + ((Patients - k) * logOut));
            binomial += Math.Log((Patients - k) / (k + 1.0));
        }

        return 2 * Math.Min(GoodnessOfFit.PValue(law, sizes), GoodnessOfFit.PValue([q, 1 - q], present));
    }
}
