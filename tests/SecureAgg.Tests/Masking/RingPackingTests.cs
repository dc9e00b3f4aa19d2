using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.SecureAgg.Tests;

public class RingPackingTests
{
    public static TheoryData<int> Widths => [.. Enumerable.Range(8, 57)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Packing_is_the_reference_s_at_every_width_and_length(int bits)
    {
        var random = new SeededRandom(20 + bits);
        foreach (var length in Enumerable.Range(0, 70).Concat([127, 128, 129, 515, 1031]))
        {
            var vector = RandomVectors.Words(random, length, bits);

            var packed = RingPacking.Pack([vector]);

            Assert.Equal(ReferencePacking.Pack(vector), packed);
            Assert.Equal(RingPacking.PackedLength(length, bits), packed.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void What_is_packed_is_added_back_and_taken_off_again_at_every_width_and_length(int bits)
    {
        var random = new SeededRandom(21 + bits);
        foreach (var length in Enumerable.Range(0, 70).Concat([127, 128, 129, 515, 1031]))
        {
            var packed = RingPacking.Pack([RandomVectors.Words(random, length, bits)]);
            var start = RandomVectors.Words(random, length, bits);
            var expected = Added(packed, 0, length, start);
            var sum = start.Copy();

            RingPacking.Add(packed, 0, length, sum);
            RandomVectors.AssertEqual(expected, sum);
            RingPacking.Subtract(packed, 0, length, sum);
            RandomVectors.AssertEqual(start, sum);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Entries_from_any_place_are_added_onto_their_own_words_alone(int bits)
    {
        var random = new SeededRandom(22 + bits);
        var packed = random.Bytes(RingPacking.PackedLength(200, bits));
        for (var first = 0; first < 40; first++)
        {
            foreach (var count in new[] { 0, 1, 7, 8, 9, 63, 160 - first, 200 - first })
            {
                var start = RandomVectors.Words(random, 200, bits);
                var expected = Added(packed, first, count, start);
                var prefix = packed.AsSpan(0, RingPacking.PackedLength(first + count, bits));
                RingPacking.Add(prefix, first, count, start);
                RandomVectors.AssertEqual(expected, start);
            }
        }
    }

    [Fact]
    public void A_stream_in_pieces_adds_what_the_whole_adds()
    {
        Prop.ForAll<int, byte[]>((width, cuts) =>
        {
            var bits = 8 + (Math.Abs(width % 57));
            var packed = new SeededRandom(width).Bytes(RingPacking.PackedLength(1000, bits));
            var layout = new PackedLayout([new VectorShape("v", 1000, bits)]);
            var (whole, pieces) = (new RingVector(1000, bits), new RingVector(1000, bits));
            RingPacking.Add(packed, 0, 1000, whole);

            var (received, done) = (0, 0);
            foreach (var cut in cuts.Append((byte)0))
            {
                received = cut == 0 ? packed.Length : Math.Min(packed.Length, received + cut);
                var entries = layout.WholeEntries(0, received);
                RingPacking.Add(packed.AsSpan(0, received), done, entries - done, pieces);
                done = entries;
            }

            RandomVectors.AssertEqual(whole, pieces);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Entries_behind_the_bytes_or_behind_the_sum_are_refused()
    {
        var packed = new byte[RingPacking.PackedLength(10, 20)];
        var sum = new RingVector(10, 20);

        Assert.Throws<ArgumentOutOfRangeException>(() => RingPacking.Add(packed.AsSpan(1), 0, 10, sum));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingPacking.Add(packed, 5, 6, sum));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingPacking.Add(packed, -1, 2, sum));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingPacking.Subtract(packed, 2, -1, sum));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingPacking.Pack(sum, packed.AsSpan(1)));
        RingPacking.Add(packed, 0, 10, sum);
    }

    [Theory]
    [InlineData(1, 20, 3)]
    [InlineData(2, 20, 5)]
    [InlineData(10, 12, 15)]
    [InlineData(7, 32, 28)]
    [InlineData(3, 33, 13)]
    [InlineData(1 << 28, 32, 1 << 30)]
    public void The_packed_length_is_the_bits_rounded_up_to_bytes(int length, int bits, int expected) =>
        Assert.Equal(expected, RingPacking.PackedLength(length, bits));

    [Fact]
    public void A_bit_behind_the_last_entry_is_seen()
    {
        var packed = RingPacking.Pack([RingVector.Of([1, 2, 3], 20)]);
        for (var bit = 4; bit < 8; bit++)
        {
            var spoiled = packed.ToArray();
            spoiled[^1] |= (byte)(1 << bit);
            Assert.False(RingPacking.HasZeroPadding(spoiled, 3, 20));
        }

        packed[^1] |= 1 << 3;
        Assert.True(RingPacking.HasZeroPadding(packed, 3, 20));
    }

    private static RingVector Added(ReadOnlySpan<byte> packed, int first, int count, RingVector start)
    {
        var sum = start.Copy();
        var word = start.IsWide ? ulong.MaxValue : uint.MaxValue;
        for (var i = first; i < first + count; i++)
        {
            sum[i] = (sum[i] + ReferencePacking.Entry(packed, start.RingBits, i)) & word;
        }

        return sum;
    }
}
