using System.Security.Cryptography;

namespace FedMeta.SecureAgg.Tests;

/// <summary>The whole path: entry i of every vector is i^2 2654435761 modulo 2^b; one mask is added, under the key
/// 00 01 .. 1f, one taken off, under 20 21 .. 3f; the vectors are packed. The expected bytes come from a computation of
/// its own: keystream by <c>openssl enc -aes-256-ctr -iv 0</c> over zeros, entries in Python's integers, packed as a
/// string of single bits.</summary>
public class KnownAnswerTests
{
    public static TheoryData<string, string> Short => new()
    {
        { "1x8", "ff" },
        { "13x20", "ff48ecf078d1c035e0c9ab5a10215a1e6ae0592c6bf922e2c464d7b0159ff68203" },
        {
            "5x9 3x41 13x20 1x64",
            "ffda84c8da119bbf78c5c7d78d75e379bdcfc9f68f04660f8f132d9245255115bd4f7353fa847a4dd6d023dfb06fc16f"
            + "4325a0e930b605771c6f97562db459"
        },
    };

    public static TheoryData<string, string> Hashed => new()
    {
        { "10007x8", "bf998ef656a0d1833b871246c518afdd191c12b15298cd2ce19ecb28ab5a2fcd" },
        { "10007x16", "6331f54c32295ff9c72bd65e16105347f56b08eba0c3cf3a72db9c0519c352ae" },
        { "10007x17", "04700165a566ac46a3b9e6c5122d64c19bea89e92c072d3be8e26d2199a28bce" },
        { "10007x20", "0bb8424c4ebf43a50c5e05a853336ca20e220b45c8cc4a6e323333755ce4a3c7" },
        { "10007x32", "ac32a22e7401aee317c4f2ebf2f1dafcfc36a577d1cbd0064617270e2161d915" },
        { "100x23", "e7484355eea5dd7a7d41ebc5006215edeefa3bd4f2418dbecd7f9d175700ba00" },
        { "10007x33", "81e6b8be7b060eb0b4ae915e2717587a9e7914c9717b4b9677f89fbde08cae09" },
        { "9999x64", "af1899bc6fed46261a5a15ac5774fe649a2426149fa61692f1234940fba77b9c" },
        { "1048583x20", "f757348f450b6e4c3af8beee343e619e68fbee6fb1af53308a26c170356c4b80" },
        {
            "40009x20 3x57 70001x16 1x8 20011x40 5x32",
            "6ec8cb46daed238b8b95b259ba9cd9314f958fe7990ac64bd6bbd9e5407b1b7a"
        },
    };

    [Theory]
    [MemberData(nameof(Short))]
    public void Short_vectors_masked_and_packed_have_the_known_bytes(string shapes, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(RingPacking.Pack(Masked(shapes))));

    [Theory]
    [MemberData(nameof(Hashed))]
    public void Long_vectors_masked_and_packed_have_the_known_hash(string shapes, string sha256) =>
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(RingPacking.Pack(Masked(shapes)))));

    [Theory]
    [MemberData(nameof(Hashed))]
    public void What_is_added_from_the_packed_bytes_is_what_was_packed(string shapes, string sha256)
    {
        var masked = Masked(shapes);
        var layout = new PackedLayout([.. masked.Select(v => new VectorShape("v", v.Length, v.RingBits))]);
        var packed = RingPacking.Pack(masked);

        var unpacked = RingPacking.Unpack(packed, layout.Shapes);

        Assert.Equal(packed.Length, layout.Length);
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(RingPacking.Pack(unpacked))));
        for (var i = 0; i < masked.Count; i++)
        {
            masked[i].Reduce();
            RandomVectors.AssertEqual(masked[i], unpacked[i]);
        }
    }

    // "13x20 1x64": vectors by length and width.
    private static List<RingVector> Masked(string shapes)
    {
        var vectors = shapes.Split(' ').Select(shape => shape.Split('x'))
            .Select(shape => new RingVector(int.Parse(shape[0]), int.Parse(shape[1]))).ToList();
        foreach (var vector in vectors)
        {
            for (var i = 0UL; i < (ulong)vector.Length; i++) vector[(int)i] = (i * i * 2654435761) & vector.Mask;
        }

        using var masks = new MaskSum();
        masks.Add([.. Enumerable.Range(0, 32).Select(i => (byte)i)], MaskSign.Add);
        masks.Add([.. Enumerable.Range(32, 32).Select(i => (byte)i)], MaskSign.Subtract);
        masks.ApplyTo(vectors, degreeOfParallelism: 2);
        return vectors;
    }
}
