using System.Numerics;
using System.Security.Cryptography;

namespace FedMeta.Privacy.Tests.Sampling;

/// <summary>The keystream, and whole numbers drawn from it.</summary>
public class RandomIntegerTests
{
    [Fact]
    public void The_keystream_is_AES_256_in_counter_mode()
    {
        using var seed = new TestRandom(33);
        var key = new byte[32];
        seed.GetBytes(key);
        using var same = new TestRandom(33);
        using var keystream = new KeystreamRandom(same);
        var bytes = new byte[40_000];
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
    public void The_keystream_hands_out_each_byte_once_in_whatever_pieces()
    {
        using var random = new TestRandom(36);
        using var pieces = new KeystreamRandom(random);
        using var same = new TestRandom(36);
        using var whole = new KeystreamRandom(same);
        var expected = new byte[64 * 1024];
        whole.GetBytes(expected);
        var read = new List<byte>();
        while (read.Count < expected.Length - 12)
        {
            read.AddRange(BitConverter.GetBytes(pieces.NextUInt32()));
            read.AddRange(BitConverter.GetBytes(pieces.NextUInt32()));
            read.AddRange(BitConverter.GetBytes(pieces.NextUInt64()));
            Assert.Equal(read.Count, pieces.BytesDrawn);
        }

        Assert.Equal(expected.Take(read.Count), read);
    }

    [Fact]
    public void Uniform_integers_cover_their_range_evenly()
    {
        using var random = new TestRandom(34);
        using var keystream = new KeystreamRandom(random);
        AssertEven(7, () => (int)UniformInteger.Below(7UL, keystream));
        AssertEven(7, () => (int)UniformInteger.Below((BigInteger)7, keystream));

        // Four words fall on three values: without a refusal every third value would come twice as often.
        var narrow = 3UL << 62;
        AssertEven(3, () => (int)(UniformInteger.Below(narrow, keystream) >> 62));
        AssertEven(3, () => (int)(UniformInteger.Below(narrow, keystream) % 3));
        var wide = (BigInteger)3 << 90;
        AssertEven(3, () => (int)(UniformInteger.Below(wide, keystream) >> 90));
    }

    [Fact]
    public void A_bound_of_one_gives_zero_and_none_is_refused()
    {
        using var random = new TestRandom(35);
        using var keystream = new KeystreamRandom(random);
        Assert.Equal(0UL, UniformInteger.Below(1UL, keystream));
        Assert.Equal(BigInteger.Zero, UniformInteger.Below(BigInteger.One, keystream));
        Assert.Throws<ArgumentOutOfRangeException>(() => UniformInteger.Below(0UL, keystream));
        Assert.Throws<ArgumentOutOfRangeException>(() => UniformInteger.Below(BigInteger.Zero, keystream));
    }

    private static void AssertEven(int cells, Func<int> draw)
    {
        var counts = new long[cells];
        for (var trial = 0; trial < 70_000; trial++) counts[draw()]++;
        var p = GoodnessOfFit.PValue([.. Enumerable.Repeat(1.0 / cells, cells)], counts);
        Assert.True(p > PmfTables.LeastPValue, $"p = {p}");
    }
}
