namespace FedMeta.SecureAgg.Tests;

public class MaskStreamTests
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
        var elements = new uint[4];

        using var stream = Create(kernel, key, 32);
        stream.Apply(elements, 0, MaskSign.Add);

        Assert.Equal(
            "46f2fb342d6f0ab477476fc501242c5f",
            Convert.ToHexStringLower(elements.SelectMany(BitConverter.GetBytes).ToArray()));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_agrees_with_the_reference_at_every_length_and_for_both_signs(Kernel kernel)
    {
        var random = new SeededRandom(11);
        foreach (var bits in new[] { 8, 16, 17, 32 })
        {
            for (var length = 0; length < 150; length++)
            {
                var key = random.Bytes(32);
                var sign = length % 2 == 0 ? MaskSign.Add : MaskSign.Subtract;
                var expected = Enumerable.Range(0, length).Select(_ => random.NextUInt32()).ToArray();
                var actual = expected.ToArray();

                ReferenceKeystream.Apply(key, bits, expected, 0, sign);
                using var stream = Create(kernel, key, bits);
                stream.Apply(actual, 0, sign);

                Assert.Equal(expected, actual);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_kernel_agrees_with_the_reference_past_the_first_bytes_of_the_counter(Kernel kernel)
    {
        // 70,000 blocks: the counter carries into its third byte.
        var key = new SeededRandom(12).Bytes(32);
        var expected = new uint[280_003];
        var actual = new uint[expected.Length];

        ReferenceKeystream.Apply(key, 32, expected, 0, MaskSign.Subtract);
        using var stream = Create(kernel, key, 32);
        stream.Apply(actual, 0, MaskSign.Subtract);

        Assert.True(expected.AsSpan().SequenceEqual(actual));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_vector_may_be_masked_in_pieces(Kernel kernel)
    {
        var key = new SeededRandom(13).Bytes(32);
        foreach (var bits in new[] { 16, 24 })
        {
            var whole = new uint[1000];
            var pieces = new uint[1000];
            using var stream = Create(kernel, key, bits);
            stream.Apply(whole, 0, MaskSign.Add);
            stream.Apply(pieces.AsSpan(296), 296, MaskSign.Add);
            stream.Apply(pieces.AsSpan(0, 296), 0, MaskSign.Add);

            Assert.Equal(whole, pieces);
            Assert.Throws<ArgumentException>(() => stream.Apply(new uint[1], 2, MaskSign.Add));
        }
    }

    [Fact]
    public void A_sum_of_masks_is_each_of_them_in_turn()
    {
        var random = new SeededRandom(14);
        var keys = Enumerable.Range(0, 5).Select(_ => random.Bytes(32)).ToList();
        var expected = new uint[10_007];
        var actual = new uint[expected.Length];
        using var sum = new MaskSum(20);
        foreach (var key in keys)
        {
            var sign = key[0] % 2 == 0 ? MaskSign.Add : MaskSign.Subtract;
            sum.Add(key, sign);
            ReferenceKeystream.Apply(key, 20, expected, 0, sign);
        }

        sum.ApplyTo(actual);

        Assert.Equal(expected, actual);
    }

    private static MaskStream Create(Kernel kernel, byte[] key, int ringBits) => kernel switch
    {
        Kernel.AesInstructions => new AesNiMaskStream(key, ringBits),
        _ => new EcbMaskStream(key, ringBits),
    };
}
