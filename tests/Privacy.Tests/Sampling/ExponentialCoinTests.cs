using System.Globalization;
using System.Numerics;
using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Sampling;

/// <summary>The coin of bias exp(-g): its comparisons at their edges, and its frequencies.</summary>
public class ExponentialCoinTests
{
    [Fact]
    public void The_digits_and_the_rest_together_give_each_comparison_its_exact_probability()
    {
        // For every fraction g <= 1 of a small denominator and every k: the digits that decide for "below", and the
        // chances of those that leave it open, add up to one g/k exactly.
        foreach (var digits in new[] { 0, 1, 4, 6 })
        {
            var one = 1UL << digits;
            for (var denominator = 1; denominator <= 24; denominator++)
            {
                for (var numerator = 0; numerator <= denominator; numerator++)
                {
                    var lowest = (ulong)Math.Max(0, CeilingOf(one, numerator, denominator) - 2);
                    for (var k = 1UL; k <= 6; k++) AssertExact(numerator, denominator, one, k, lowest);
                }
            }
        }
    }

    [Fact]
    public void Comparisons_hold_at_their_edges()
    {
        // U in [digits, digits + 1] against g/k with g in [10, 12] and k = 2: [5, 6].
        AssertDecides(true, 4, 2, 10, 12); // U < g/k even where both are 5
        AssertDecides(null, 5, 2, 10, 12);
        AssertDecides(false, 6, 2, 10, 12); // U >= g/k even where both are 6
        AssertDecides(true, uint.MaxValue, 1, 1UL << 32, 1UL << 32); // U < 1 always
        AssertDecides(false, 0, 1, 0, 0); // U < 0 never
        AssertDecides(null, 0, 1, 0, 1);
    }

    [SharedFact("oracles/dp/sampler_pmf_tables.json")]
    public void The_coin_has_the_listed_probabilities_whichever_width_decides()
    {
        foreach (var digits in new[] { 0, 2, 32 })
        {
            using var random = new TestRandom(15);
            using var keystream = new KeystreamRandom(random);
            var coin = new ExponentialCoin(keystream, digits);
            foreach (var row in PmfTables.Coins)
            {
                var parts = row.Text("gamma").Split('/').Select(part => int.Parse(part, CultureInfo.InvariantCulture))
                    .ToArray();
                var exponent = new Ratio(parts[0], parts.Length > 1 ? parts[1] : 1);
                var trials = digits == 32 ? 200_000 : 20_000;
                var heads = 0L;
                for (var trial = 0; trial < trials; trial++)
                {
                    if (coin.Toss(exponent)) heads++;
                }

                var p = row.Number("p_true");
                var deviation = Math.Sqrt(trials * p * (1 - p));
                Assert.True(Math.Abs(heads - (p * trials)) <= (5.5 * deviation) + (p < 1e-3 ? 3 : 0),
                    $"{digits} digits, {row}: {heads} of {trials}");
            }
        }
    }

    [Fact]
    public void Digits_outside_the_range_are_refused()
    {
        using var random = new TestRandom(1);
        using var keystream = new KeystreamRandom(random);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialCoin(keystream, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialCoin(keystream, 33));
    }

    private static void AssertDecides(bool? expected, ulong digits, ulong k, ulong lower, ulong upper)
    {
        Assert.Equal(expected == true, ExponentialCoin.IsBelow(digits, k, lower));
        Assert.Equal(expected == false, ExponentialCoin.IsNotBelow(digits, k, upper));
    }

    private static void AssertExact(int numerator, int denominator, ulong one, ulong k, ulong lower)
    {
        // In units of 1/(k denominator).
        var bound = k * (BigInteger)denominator;
        var sum = BigInteger.Zero;
        for (var digits = 0UL; digits < one; digits++)
        {
            var (chance, unit) = ExponentialCoin.Rest(numerator, denominator, digits, one, k);
            Assert.Equal(bound, unit);
            var exact = BigInteger.Clamp(chance, 0, bound);
            if (ExponentialCoin.IsBelow(digits, k, lower)) Assert.Equal(bound, exact);
            if (ExponentialCoin.IsNotBelow(digits, k, lower + 2)) Assert.Equal(0, exact);
            sum += exact;
        }

        Assert.Equal(one * (BigInteger)numerator, sum);
    }

    private static long CeilingOf(ulong one, int numerator, int denominator) =>
        (((long)one * numerator) + denominator - 1) / denominator;

    private readonly struct Ratio(int numerator, int denominator) : IExponent
    {
        // The lowest bound that is allowed: the value itself, where it is a multiple of 2^-32, is then at the upper
        // end.
        public ulong Lower
        {
            get
            {
                var ceiling = (((BigInteger)numerator << 32) + denominator - 1) / denominator;
                return (ulong)BigInteger.Max(0, ceiling - IExponent.Width);
            }
        }

        public (BigInteger Numerator, BigInteger Denominator) Fraction => (numerator, denominator);
    }
}
