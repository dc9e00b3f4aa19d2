namespace FedMeta.SecureAgg;

/// <summary>Vectors modulo 2^b on the wire: b bits an entry, the least significant first, no gaps, the rest of the last
/// byte zero.</summary>
public static class RingPacking
{
    /// <summary>Bytes of a packed vector: ceil(d b / 8).</summary>
    /// <param name="length">Entries d, from 0.</param>
    /// <param name="ringBits">Width b, 8 to 64.</param>
    /// <exception cref="OverflowException">They are more than an array holds.</exception>
    public static int PackedLength(int length, int ringBits) => checked((int)((((long)length * ringBits) + 7) / 8));

    /// <summary>Bytes of packed vectors, one behind the other.</summary>
    public static long PackedLength(IReadOnlyList<VectorShape> shapes) => new PackedLayout(shapes).Length;

    /// <summary>The greatest value of a ring up to 32 bits, 2^b - 1.</summary>
    public static uint Mask(int ringBits) => uint.MaxValue >> (32 - ringBits);

    /// <summary>Packs vectors, one behind the other; bits above a ring are cut off.</summary>
    public static byte[] Pack(IReadOnlyList<RingVector> vectors)
    {
        var lengths = vectors.Select(vector => PackedLength(vector.Length, vector.RingBits)).ToList();
        var packed = new byte[lengths.Sum()];
        var rest = packed.AsSpan();
        for (var i = 0; i < vectors.Count; i++)
        {
            Pack(vectors[i], rest[..lengths[i]]);
            rest = rest[lengths[i]..];
        }

        return packed;
    }

    /// <summary>Packs one vector into exactly its packed length.</summary>
    public static void Pack(RingVector vector, Span<byte> packed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(packed.Length, PackedLength(vector.Length, vector.RingBits));
        if (vector.IsWide) PackedWriter.Write<ulong>(vector.Wide, vector.RingBits, packed);
        else WriteNarrow(vector.Narrow, vector.RingBits, packed);
    }

    /// <summary>The vectors that <see cref="Pack(IReadOnlyList{RingVector})"/> packed.</summary>
    /// <exception cref="ArgumentException">The bytes are not exactly those of the shapes.</exception>
    public static IReadOnlyList<RingVector> Unpack(ReadOnlySpan<byte> packed, IReadOnlyList<VectorShape> shapes)
    {
        if (packed.Length != PackedLength(shapes))
        {
            throw new ArgumentException("the packed vectors have another length than the shapes", nameof(packed));
        }

        var vectors = shapes.Select(shape => new RingVector(shape.Length, shape.RingBits)).ToList();
        new PackedStream(vectors, MaskSign.Add).Push(packed);
        return vectors;
    }

    /// <summary>Whether the bits behind the last entry are zero.</summary>
    /// <param name="last">The last byte of the packed vector.</param>
    /// <param name="shape">Its length and width.</param>
    public static bool HasZeroPadding(byte last, VectorShape shape)
    {
        var used = (int)((long)shape.Length * shape.RingBits % 8);
        return used == 0 || last >> used == 0;
    }

    /// <summary>Adds packed entries to some of a vector's, or takes them off, modulo the word.</summary>
    /// <param name="packed">Just the bytes that hold the entries, the first of which starts at a byte.</param>
    /// <param name="vector">What is changed.</param>
    /// <param name="first">The first entry that is, from 0.</param>
    /// <param name="count">How many are.</param>
    /// <param name="sign">Which of the two.</param>
    internal static void Apply(ReadOnlySpan<byte> packed, RingVector vector, int first, int count, MaskSign sign)
    {
        var bits = vector.RingBits;
        if (vector.IsWide)
        {
            PackedReader.Apply(packed, bits, vector.Wide.Slice(first, count), sign);
            return;
        }

        var words = vector.Narrow.Slice(first, count);
        if (Avx2PackedReader.IsSupported) Avx2PackedReader.Apply(packed, bits, words, sign);
        else PackedReader.Apply(packed, bits, words, sign);
    }

    private static void WriteNarrow(ReadOnlySpan<uint> words, int bits, Span<byte> packed)
    {
        if (Avx2PackedWriter.IsSupported) Avx2PackedWriter.Write(words, bits, packed);
        else PackedWriter.Write(words, bits, packed);
    }
}
