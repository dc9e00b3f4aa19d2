namespace FedMeta.SecureAgg.Tests;

public class MaskSumTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void A_sum_of_masks_is_each_of_them_in_turn_over_all_vectors(int threads)
    {
        // Each vector begins at the block behind the last block of the one before.
        (int Length, int Bits, uint Counter)[] shapes =
        [
            (10_007, 20, 0),
            (3, 64, 2502),
            (33_001, 9, 2504),
            (1, 16, 6630),
            (5_003, 33, 6631),
        ];
        var random = new SeededRandom(14);
        var expected = shapes.Select(shape => RandomVectors.Words(random, shape.Length, shape.Bits)).ToList();
        var actual = expected.Select(vector => vector.Copy()).ToList();
        using var sum = new MaskSum();
        for (var mask = 0; mask < 5; mask++)
        {
            var key = random.Bytes(32);
            var sign = mask % 2 == 0 ? MaskSign.Add : MaskSign.Subtract;
            sum.Add(key, sign);
            for (var i = 0; i < shapes.Length; i++)
            {
                ReferenceKeystream.Apply(key, expected[i], shapes[i].Counter, sign);
            }
        }

        sum.ApplyTo(actual, threads);

        for (var i = 0; i < shapes.Length; i++) RandomVectors.AssertEqual(expected[i], actual[i]);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    public void More_masks_than_a_batch_holds_are_applied_once_each(int count)
    {
        var random = new SeededRandom(16);
        var (expected, actual) = (new RingVector(21, 32), new RingVector(21, 32));
        using var sum = new MaskSum();
        for (var mask = 0; mask < count; mask++)
        {
            var key = random.Bytes(32);
            var sign = mask % 3 == 0 ? MaskSign.Subtract : MaskSign.Add;
            sum.Add(key, sign);
            ReferenceKeystream.Apply(key, expected, 0, sign);
        }

        sum.ApplyTo([actual]);

        RandomVectors.AssertEqual(expected, actual);
    }

    [Fact]
    public void No_mask_leaves_the_vectors_alone_and_no_vector_is_no_work()
    {
        var vector = RandomVectors.Words(new SeededRandom(17), 100, 24);
        var before = vector.Copy();
        using var sum = new MaskSum();
        sum.ApplyTo([vector], 2);
        RandomVectors.AssertEqual(before, vector);

        sum.Add(new byte[32], MaskSign.Add);
        sum.ApplyTo([], 2);
    }

    [Fact]
    public void Erased_keys_mask_nothing_any_more()
    {
        var sum = new MaskSum();
        sum.Add(new byte[32], MaskSign.Add);
        sum.Dispose();

        Assert.Throws<ObjectDisposedException>(() => sum.ApplyTo([new RingVector(1, 8)]));
        Assert.Throws<ObjectDisposedException>(() => sum.Add(new byte[32], MaskSign.Add));
        Assert.Throws<ArgumentOutOfRangeException>(() => sum.Add(new byte[16], MaskSign.Add));
    }
}
