namespace FedMeta.SecureAgg.Tests;

public class RingVectorTests
{
    [Theory]
    [InlineData(8, 255UL, false)]
    [InlineData(32, uint.MaxValue, false)]
    [InlineData(33, (1UL << 33) - 1, true)]
    [InlineData(64, ulong.MaxValue, true)]
    public void Words_have_32_bits_up_to_that_width_and_64_above(int bits, ulong mask, bool wide)
    {
        var vector = new RingVector(3, bits);

        Assert.Equal((3, bits, mask, wide), (vector.Length, vector.RingBits, vector.Mask, vector.IsWide));
        Assert.Equal(wide ? 3 : 0, wide ? vector.Wide.Length : 0);
        if (wide) Assert.Throws<InvalidOperationException>(() => vector.Narrow.Length);
        else Assert.Throws<InvalidOperationException>(() => vector.Wide.Length);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(65)]
    public void No_ring_is_narrower_than_8_bits_or_wider_than_64(int bits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RingVector(1, bits));

    [Fact]
    public void A_vector_over_words_shares_them_and_its_copy_does_not()
    {
        uint[] narrow = [1, 2, 3];
        ulong[] wide = [1, 2, 3];
        foreach (var vector in new[] { RingVector.Of(narrow, 20), RingVector.Of(wide, 40) })
        {
            var copy = vector.Copy();
            vector[1] = 9;
            Assert.Equal(2UL, copy[1]);
        }

        Assert.Equal((9U, 9UL), (narrow[1], wide[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingVector.Of(narrow, 33));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingVector.Of(wide, 32));
        Assert.Throws<OverflowException>(() => RingVector.Of(narrow, 20)[0] = 1UL << 32);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(20)]
    [InlineData(32)]
    [InlineData(41)]
    [InlineData(64)]
    public void Reduction_takes_every_word_modulo_the_ring(int bits)
    {
        var vector = RandomVectors.Words(new SeededRandom(31), 37, bits);
        var expected = vector.Copy();
        for (var i = 0; i < expected.Length; i++) expected[i] &= ulong.MaxValue >> (64 - bits);

        Assert.Equal(bits is 32 or 64, vector.IsInRange());
        vector.Reduce();

        Assert.True(vector.IsInRange());
        RandomVectors.AssertEqual(expected, vector);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    public void Only_a_word_above_the_ring_is_out_of_range(int bits)
    {
        var vector = new RingVector(9, bits) { [8] = (1UL << bits) - 1 };
        Assert.True(vector.IsInRange());
        vector[8] = 1UL << bits;
        Assert.False(vector.IsInRange());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    public void An_erased_vector_is_zero(int bits)
    {
        var vector = RandomVectors.Words(new SeededRandom(32), 37, bits);
        vector.Erase();
        RandomVectors.AssertEqual(new RingVector(37, bits), vector);
    }
}
