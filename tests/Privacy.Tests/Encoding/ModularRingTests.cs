using System.Numerics;

namespace FedMeta.Privacy.Tests.Encoding;

public class ModularRingTests
{
    public static TheoryData<int> Widths => [.. Enumerable.Range(1, 64)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_integer_of_a_ring_comes_back_from_its_residue_and_every_other_wraps(int bits)
    {
        var half = BigInteger.One << (bits - 1);
        BigInteger[] values = [0, 1, -1, half / 3, half - 1, -half, half, -half - 1, 5 * half + 2, -7 * half - 3];
        foreach (var value in values.Where(v => v >= long.MinValue && v <= long.MaxValue))
        {
            var residue = ModularRing.Reduce((long)value, bits);
            var modulus = half * 2;
            Assert.Equal(((value % modulus) + modulus) % modulus, residue);
            var centred = ((((value + half) % modulus) + modulus) % modulus) - half;
            Assert.Equal(centred, ModularRing.Recentre(residue, bits));
        }
    }

    [Fact]
    public void A_residue_beyond_the_ring_and_a_ring_of_another_width_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ModularRing.Recentre(1UL << 48, 48));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModularRing.Recentre(0, 65));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModularRing.Reduce(0, 0));
        Assert.Equal(long.MinValue, ModularRing.Recentre(1UL << 63, 64));
        Assert.Equal(-1, ModularRing.Recentre(ulong.MaxValue, 64));
    }
}
