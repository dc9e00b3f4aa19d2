namespace FedMeta.SecureAgg.Tests;

public class MaskKernelTests
{
    public enum Kernel
    {
        AesInstructions,
        Library,
    }

    public static TheoryData<Kernel> Kernels
    {
        get
        {
            var kernels = new TheoryData<Kernel> { Kernel.Library };
            if (System.Runtime.Intrinsics.X86.Aes.IsSupported) kernels.Add(Kernel.AesInstructions);
            return kernels;
        }
    }

    [Fact]
    public void The_reference_passes_SP_800_38A_F_5_5()
    {
        var key = Convert.FromHexString("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
        var plaintext = Convert.FromHexString(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
        var keystream = ReferenceKeystream.Bytes(key, UInt128.Parse(
            "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff", System.Globalization.NumberStyles.HexNumber), 64);

        var ciphertext = plaintext.Select((b, i) => (byte)(b ^ keystream[i])).ToArray();

        Assert.Equal(
            "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
            + "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6",
            Convert.ToHexStringLower(ciphertext));
    }

    [Fact]
    public void The_reference_passes_FIPS_197_C_3()
    {
        var key = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();
        var block = UInt128.Parse("00112233445566778899aabbccddeeff", System.Globalization.NumberStyles.HexNumber);

        Assert.Equal(
            "8ea2b7ca516745bfeafc49904b496089",
            Convert.ToHexStringLower(ReferenceKeystream.Bytes(key, block, 16)));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_passes_the_first_AES_256_key_vector_of_the_AES_validation_suite(Kernel kernel)
    {
        // KeySbox: the plaintext is zero, as the first counter is here.
        var key = Convert.FromHexString("c47b0294dbbbee0fec4757f22ffeee3587ca4730c3d33b691df38bab076bc558");
        var vector = new RingVector(4, 32);

        using var masks = Create(kernel, key);
        masks.Apply(0, new MaskPiece(vector, 0, 4, 0), MaskSign.Add);

        Assert.Equal(
            "46f2fb342d6f0ab477476fc501242c5f",
            Convert.ToHexStringLower(vector.Narrow.ToArray().SelectMany(BitConverter.GetBytes).ToArray()));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_agrees_with_the_reference_at_every_length_and_for_both_signs(Kernel kernel)
    {
        var random = new SeededRandom(11);
        foreach (var bits in new[] { 8, 16, 17, 32, 33, 64 })
        {
            for (var length = 0; length < 150; length++)
            {
                var key = random.Bytes(32);
                var sign = length % 2 == 0 ? MaskSign.Add : MaskSign.Subtract;
                var counter = (uint)length * 37;
                var expected = RandomVectors.Words(random, length, bits);
                var actual = expected.Copy();

                ReferenceKeystream.Apply(key, expected, counter, sign);
                using var masks = Create(kernel, key);
                masks.Apply(0, new MaskPiece(actual, 0, length, counter), sign);

                RandomVectors.AssertEqual(expected, actual);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_agrees_with_the_reference_where_the_counter_carries_into_every_byte(Kernel kernel)
    {
        var key = new SeededRandom(12).Bytes(32);
        foreach (var counter in new[] { 0xf3U, 0xfffaU, 0xfffff5U, 0xfffffff0U - 64 })
        {
            var expected = new RingVector(203, 32);
            var actual = expected.Copy();

            ReferenceKeystream.Apply(key, expected, counter, MaskSign.Subtract);
            using var masks = Create(kernel, key);
            masks.Apply(0, new MaskPiece(actual, 0, actual.Length, counter), MaskSign.Subtract);

            RandomVectors.AssertEqual(expected, actual);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_agrees_with_the_reference_on_a_long_vector(Kernel kernel)
    {
        var random = new SeededRandom(18);
        var key = random.Bytes(32);
        foreach (var bits in new[] { 9, 20, 50 })
        {
            var expected = RandomVectors.Words(random, 20_011, bits);
            var actual = expected.Copy();

            ReferenceKeystream.Apply(key, expected, 3, MaskSign.Add);
            using var masks = Create(kernel, key);
            masks.Apply(0, new MaskPiece(actual, 0, actual.Length, 3), MaskSign.Add);

            RandomVectors.AssertEqual(expected, actual);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_vector_may_be_masked_in_pieces_and_is_not_touched_outside_them(Kernel kernel)
    {
        var key = new SeededRandom(13).Bytes(32);
        foreach (var bits in new[] { 16, 24, 40 })
        {
            var perBlock = MaskLayout.ElementsPerBlock(bits);
            var whole = new RingVector(1000, bits);
            var pieces = new RingVector(1000, bits);
            using var masks = Create(kernel, key);
            masks.Apply(0, new MaskPiece(whole, 0, 1000, 5), MaskSign.Add);
            masks.Apply(0, new MaskPiece(pieces, 296, 704, 5 + (uint)(296 / perBlock)), MaskSign.Add);
            Assert.Equal(0UL, pieces[295]);
            masks.Apply(0, new MaskPiece(pieces, 0, 296, 5), MaskSign.Add);

            RandomVectors.AssertEqual(whole, pieces);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_slot_holds_the_last_key_set(Kernel kernel)
    {
        var random = new SeededRandom(15);
        var (first, second) = (random.Bytes(32), random.Bytes(32));
        var (expected, actual) = (new RingVector(77, 20), new RingVector(77, 20));
        ReferenceKeystream.Apply(second, expected, 0, MaskSign.Add);

        using var masks = Create(kernel, first);
        masks.Apply(0, new MaskPiece(actual.Copy(), 0, 77, 0), MaskSign.Add);
        masks.SetKey(0, second);
        masks.Apply(0, new MaskPiece(actual, 0, 77, 0), MaskSign.Add);

        RandomVectors.AssertEqual(expected, actual);
        Assert.Throws<ArgumentOutOfRangeException>(() => masks.SetKey(0, new byte[31]));
    }

    private static MaskKernel Create(Kernel kernel, byte[] key)
    {
        MaskKernel masks = kernel == Kernel.AesInstructions ? new AesNiMaskKernel(1) : new EcbMaskKernel(1);
        masks.SetKey(0, key);
        return masks;
    }
}
