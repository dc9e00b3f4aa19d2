namespace FedMeta.SecureAgg.Tests;

/// <summary>One upload onto a sum of mixed widths, cut anywhere, refused in the middle, taken back.</summary>
public class PartialUploadTests
{
    [Fact]
    public void An_upload_taken_back_after_any_cut_leaves_the_sum_as_it_was()
    {
        var random = new SeededRandom(61);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var shapes = RandomShapes(random);
            var (layout, sum) = (new PackedLayout(shapes), RandomVectors(shapes, random));
            var before = Words(sum);
            var packed = RingPacking.Pack(RandomVectors(shapes, random));
            var upload = new PartialUpload(layout, sum);
            var cut = random.Below(packed.Length + 1);
            Push(upload, packed, 0, cut, random);
            Assert.Equal(cut, upload.Received);
            upload.Undo();
            Assert.Equal(before, Words(sum));
        }
    }

    [Fact]
    public void A_refusal_in_the_middle_changes_nothing_and_the_upload_goes_on()
    {
        var random = new SeededRandom(62);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            // 60 bits: the first vector ends within byte 7, and the piece goes on into the next one.
            VectorShape[] shapes = [new("first", 5, 12), .. RandomShapes(random)];
            var (layout, sum) = (new PackedLayout(shapes), RandomVectors(shapes, random));
            var inputs = RandomVectors(shapes, random);
            var expected = Words([.. sum.Zip(inputs, Plus)]);
            var packed = RingPacking.Pack(inputs);
            var upload = new PartialUpload(layout, sum);
            var from = random.Below(8);
            Push(upload, packed, 0, from, random);
            var before = Words(sum);

            var spoilt = packed.ToArray();
            spoilt[7] |= (byte)(0x10 << random.Below(4));
            var piece = spoilt.AsMemory(from, 8 - from + random.Below(packed.Length - 7));
            Assert.Equal(ServerRefusal.NonZeroPadding, upload.Take(piece));
            Assert.Equal(from, upload.Received);
            Assert.Equal(before, Words(sum));

            Push(upload, packed, from, packed.Length, random);
            Assert.True(upload.IsComplete);
            Assert.Equal(expected, Words(sum));
        }
    }

    private static void Push(PartialUpload upload, byte[] packed, int from, int to, SeededRandom random)
    {
        while (from < to)
        {
            var length = Math.Min(to - from, 1 + random.Below(40));
            Assert.Null(upload.Take(packed.AsMemory(from, length)));
            from += length;
        }
    }

    private static VectorShape[] RandomShapes(SeededRandom random) =>
    [
        .. Enumerable.Range(0, 1 + random.Below(4))
            .Select(i => new VectorShape($"v{i}", 1 + random.Below(40), 8 + random.Below(57))),
    ];

    private static List<RingVector> RandomVectors(VectorShape[] shapes, SeededRandom random) =>
        [.. Consortium.RandomInput(new AggregationParameters(shapes, 3, 3, 0, 2), random)];

    private static RingVector Plus(RingVector sum, RingVector input)
    {
        var wordMask = sum.IsWide ? ulong.MaxValue : uint.MaxValue;
        var result = sum.Copy();
        for (var i = 0; i < result.Length; i++) result[i] = unchecked(sum[i] + input[i]) & wordMask;
        return result;
    }

    private static List<ulong[]> Words(IReadOnlyList<RingVector> vectors) => [.. vectors.Select(Simulated.Entries)];
}
