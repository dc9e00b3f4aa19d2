
namespace FedMeta.SecureAgg.Tests;

/// <summary>Both ways to pack and to read words of 32 bits, whichever the processor at hand would take.</summary>
public class PackedPathTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 70), 127, 128, 129, 515, 1031];

    public static TheoryData<int, bool> Paths
    {
        get
        {
            var paths = new TheoryData<int, bool>();
            for (var bits = 8; bits <= 32; bits++)
            {
                paths.Add(bits, false);
                if (Avx2PackedReader.IsSupported) paths.Add(bits, true);
            }

            return paths;
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_way_packs_as_the_reference_does_and_writes_nothing_else(int bits, bool fast)
    {
        var random = new SeededRandom(50 + bits);
        foreach (var length in Lengths)
        {
            var vector = RandomVectors.Words(random, length, bits);
            var expected = ReferencePacking.Pack(vector);
            var memory = random.Bytes(expected.Length + 40);
            var untouched = memory[expected.Length..];

            var packed = memory.AsSpan(0, expected.Length);
            if (fast) Avx2PackedWriter.Write(vector.Narrow, bits, packed);
            else PackedWriter.Write<uint>(vector.Narrow, bits, packed);

            Assert.Equal([.. expected, .. untouched], memory);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_way_reads_as_the_reference_does(int bits, bool fast)
    {
        var random = new SeededRandom(51 + bits);
        foreach (var length in Lengths)
        {
            var packed = random.Bytes(RingPacking.PackedLength(length, bits));
            var sum = RandomVectors.Words(random, length, bits);
            var (added, taken) = (sum.Copy(), sum.Copy());

            Read(packed, added, MaskSign.Add, fast);
            Read(packed, taken, MaskSign.Subtract, fast);

            for (var i = 0; i < length; i++)
            {
                var entry = (uint)ReferencePacking.Entry(packed, bits, i);
                Assert.Equal((uint)sum[i] + entry, (uint)added[i]);
                Assert.Equal((uint)sum[i] - entry, (uint)taken[i]);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Too_few_bytes_are_refused_before_any_is_read(bool fast)
    {
        if (fast && !Avx2PackedReader.IsSupported) return;
        var sum = new RingVector(64, 20);

        Assert.ThrowsAny<ArgumentException>(() => Read(new byte[159], sum, MaskSign.Add, fast));
        Assert.ThrowsAny<ArgumentException>(() => Write(new byte[159]));
        Assert.ThrowsAny<ArgumentException>(() => Write(new byte[161]));

        void Write(byte[] packed)
        {
            if (fast) Avx2PackedWriter.Write(sum.Narrow, 20, packed);
            else PackedWriter.Write<uint>(sum.Narrow, 20, packed);
        }
    }

    private static void Read(ReadOnlySpan<byte> packed, RingVector sum, MaskSign sign, bool fast)
    {
        if (fast) Avx2PackedReader.Apply(packed, sum.RingBits, sum.Narrow, sign);
        else PackedReader.Apply(packed, sum.RingBits, sum.Narrow, sign);
    }
}
