using System.Numerics;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.SecureAgg.Tests;

public class RingPackingTests
{
    [Fact]
    public void Packing_agrees_with_a_reference_in_big_integers_at_every_width()
    {
        Prop.ForAll<uint[], uint>((values, width) =>
        {
            var bits = 8 + (int)(width % 25);
            var expected = values.Select((v, i) => (BigInteger)(v & RingPacking.Mask(bits)) << (bits * i))
                .Aggregate(BigInteger.Zero, (sum, term) => sum | term)
                .ToByteArray(isUnsigned: true);
            var packed = RingPacking.Pack(values, bits);
            Assert.Equal(RingPacking.PackedLength(values.Length, bits), packed.Length);
            Assert.Equal(expected, packed.Length == 0 ? [0] : TrimZeros(packed));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_is_packed_is_added_back_at_every_width_and_length()
    {
        var random = new SeededRandom(21);
        for (var bits = 8; bits <= 32; bits++)
        {
            for (var length = 1; length < 70; length++)
            {
                var values = Enumerable.Range(0, length).Select(_ => random.NextUInt32()).ToArray();
                var start = Enumerable.Range(0, length).Select(_ => random.NextUInt32()).ToArray();
                var sum = start.ToArray();
                var packed = RingPacking.Pack(values, bits);

                Assert.True(RingPacking.HasZeroPadding(packed, length, bits));
                RingPacking.AddPacked(packed, bits, sum);

                Assert.Equal(start.Zip(values, (s, v) => s + (v & RingPacking.Mask(bits))), sum);
            }
        }
    }

    [Theory]
    [InlineData(1, 20, 3)]
    [InlineData(2, 20, 5)]
    [InlineData(10, 12, 15)]
    [InlineData(7, 32, 28)]
    [InlineData(1 << 28, 32, 1 << 30)]
    public void The_packed_length_is_the_bits_rounded_up_to_bytes(int length, int bits, int expected) =>
        Assert.Equal(expected, RingPacking.PackedLength(length, bits));

    [Fact]
    public void A_bit_behind_the_last_entry_is_seen()
    {
        var packed = RingPacking.Pack([1, 2, 3], 20);
        for (var bit = 4; bit < 8; bit++)
        {
            var spoiled = packed.ToArray();
            spoiled[^1] |= (byte)(1 << bit);
            Assert.False(RingPacking.HasZeroPadding(spoiled, 3, 20));
        }

        packed[^1] |= 1 << 3;
        Assert.True(RingPacking.HasZeroPadding(packed, 3, 20));
    }

    // Expected values by another implementation: AES-256-CTR of OpenSSL and integers of Python.
    [Theory]
    [InlineData(10_007, 8, "bf998ef656a0d1833b871246c518afdd191c12b15298cd2ce19ecb28ab5a2fcd")]
    [InlineData(10_007, 16, "6331f54c32295ff9c72bd65e16105347f56b08eba0c3cf3a72db9c0519c352ae")]
    [InlineData(10_007, 17, "04700165a566ac46a3b9e6c5122d64c19bea89e92c072d3be8e26d2199a28bce")]
    [InlineData(10_007, 20, "0bb8424c4ebf43a50c5e05a853336ca20e220b45c8cc4a6e323333755ce4a3c7")]
    [InlineData(10_007, 32, "ac32a22e7401aee317c4f2ebf2f1dafcfc36a577d1cbd0064617270e2161d915")]
    [InlineData(100, 23, "e7484355eea5dd7a7d41ebc5006215edeefa3bd4f2418dbecd7f9d175700ba00")]
    public void A_masked_and_packed_vector_has_the_known_bytes(int length, int bits, string sha256)
    {
        var vector = new uint[length];
        for (var i = 0u; i < length; i++) vector[i] = (i * i * 2654435761u) & RingPacking.Mask(bits);
        using var masks = new MaskSum(bits);
        masks.Add([.. Enumerable.Range(0, 32).Select(i => (byte)i)], MaskSign.Add);
        masks.Add([.. Enumerable.Range(32, 32).Select(i => (byte)i)], MaskSign.Subtract);

        masks.ApplyTo(vector);

        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(RingPacking.Pack(vector, bits))));
    }

    private static byte[] TrimZeros(byte[] bytes)
    {
        var length = bytes.Length;
        while (length > 1 && bytes[length - 1] == 0) length--;
        return bytes[..length];
    }
}
