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
        foreach (var length in Enumerable.Range(1, 70).Concat([127, 128, 129, 515, 1031]))
        {
            var packed = RingPacking.Pack([RandomVectors.Words(random, length, bits)]);
            var start = RandomVectors.Words(random, length, bits);
            var expected = Added(packed, start);
            var sum = start.Copy();

            new PackedStream([sum], MaskSign.Add).Push(packed);
            RandomVectors.AssertEqual(expected, sum);
            new PackedStream([sum], MaskSign.Subtract).Push(packed);
            RandomVectors.AssertEqual(start, sum);
        }
    }

    [Fact]
    public void A_stream_in_pieces_adds_what_the_whole_adds()
    {
        Prop.ForAll<int, byte[]>((seed, cuts) =>
        {
            var random = new SeededRandom(seed);
            VectorShape[] shapes =
            [
                new("a", 1000, 8 + random.Below(57)), new("b", 1 + random.Below(9), 8 + random.Below(57)),
                new("c", 100 + random.Below(900), 8 + random.Below(25)),
            ];
            var packed = random.Bytes((int)RingPacking.PackedLength(shapes));
            var whole = RingPacking.Unpack(packed, shapes);
            var pieces = shapes.Select(shape => new RingVector(shape.Length, shape.RingBits)).ToList();
            var adding = new PackedStream(pieces, MaskSign.Add);

            var received = 0;
            foreach (var cut in cuts.Append((byte)0))
            {
                var next = cut == 0 ? packed.Length : Math.Min(packed.Length, received + cut);
                adding.Push(packed.AsSpan(received..next));
                received = next;
            }

            for (var i = 0; i < shapes.Length; i++) RandomVectors.AssertEqual(whole[i], pieces[i]);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Bytes_behind_the_last_vector_are_refused()
    {
        var sum = new RingVector(10, 20);
        var adding = new PackedStream([sum], MaskSign.Add);
        adding.Push(new byte[25]);

        Assert.Throws<ArgumentOutOfRangeException>(() => adding.Push(new byte[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingPacking.Pack(sum, new byte[24]));
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
            Assert.False(RingPacking.HasZeroPadding(spoiled[^1], new VectorShape("v", 3, 20)));
        }

        packed[^1] |= 1 << 3;
        Assert.True(RingPacking.HasZeroPadding(packed[^1], new VectorShape("v", 3, 20)));
    }

    private static RingVector Added(ReadOnlySpan<byte> packed, RingVector start)
    {
        var sum = start.Copy();
        var word = start.IsWide ? ulong.MaxValue : uint.MaxValue;
        for (var i = 0; i < start.Length; i++)
        {
            sum[i] = (sum[i] + ReferencePacking.Entry(packed, start.RingBits, i)) & word;
        }

        return sum;
    }
}
