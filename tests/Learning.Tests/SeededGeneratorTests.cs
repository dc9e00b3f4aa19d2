using Xunit;

namespace FedMeta.Learning.Tests;

public class SeededGeneratorTests
{
    [Fact]
    public void SplitMix64_seeds_it_as_published()
    {
        // First outputs of SplitMix64 from seed 0 are e220a8397b1dcdaf, 6e789e6aa1b965f4, 06c45d188009454f,
        // f88bb8a8724c81ec; xoshiro256** of that state starts with rotl(s1 * 5, 7) * 9.
        var first = unchecked(ulong.RotateLeft(0x6e789e6aa1b965f4 * 5, 7) * 9);
        Assert.Equal(first, new SeededGenerator(0).NextBits());
    }

    [Fact]
    public void A_sequence_is_the_same_for_ever()
    {
        var generator = new SeededGenerator(42);
        ulong mixed = 0;
        for (var i = 0; i < 1000; i++) mixed = ulong.RotateLeft(mixed, 1) ^ generator.NextBits();
        Assert.Equal("a3d4459a6dc26c1a", mixed.ToString("x16"));
    }

    [Fact]
    public void Integers_below_a_bound_come_about_equally_often()
    {
        var generator = new SeededGenerator(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++) counts[generator.NextBelow(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }

    [Fact]
    public void Normal_numbers_have_mean_zero_and_variance_one()
    {
        var generator = new SeededGenerator(1);
        double sum = 0, squares = 0;
        for (var i = 0; i < 100_000; i++)
        {
            var z = generator.NextNormal();
            sum += z;
            squares += z * z;
        }

        Assert.InRange(sum / 100_000, -0.02, 0.02);
        Assert.InRange(squares / 100_000, 0.97, 1.03);
    }

    [Fact]
    public void Labels_give_unrelated_seeds() =>
        Assert.Equal(
            1000, Enumerable.Range(0, 1000).Select(i => SeededGenerator.Derive(7, (ulong)i)).Distinct().Count());
}
