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
        var layout = new PackedLayout(shapes);
        if (packed.Length != layout.Length)
        {
            throw new ArgumentException("the packed vectors have another length than the shapes", nameof(packed));
        }

        var vectors = new List<RingVector>();
        foreach (var shape in shapes)
        {
            var vector = new RingVector(shape.Length, shape.RingBits);
            Add(packed[(int)layout.StartOf(vectors.Count)..], 0, shape.Length, vector);
            vectors.Add(vector);
        }

        return vectors;
    }

    /// <summary>Whether the bits behind the last entry are zero, in a packed vector of the right length.</summary>
    public static bool HasZeroPadding(ReadOnlySpan<byte> packed, int length, int ringBits)
    {
        var used = (int)((long)length * ringBits % 8);
        return used == 0 || packed[^1] >> used == 0;
    }

    /// <summary>Whether the bits behind every vector's last entry are zero, in packed vectors of the right
    /// length.</summary>
    public static bool HasZeroPadding(ReadOnlySpan<byte> packed, PackedLayout layout)
    {
        for (var i = 0; i < layout.Shapes.Count; i++)
        {
            var (_, length, bits) = layout.Shapes[i];
            if (!HasZeroPadding(packed[..(int)layout.StartOf(i + 1)], length, bits)) return false;
        }

        return true;
    }

    /// <summary>Adds some entries of a packed vector to a sum, modulo the word. Fastest where
    /// <paramref name="first"/> is a multiple of 8.</summary>
    /// <param name="packed">The packed vector from its first byte on, at least to the end of these entries.</param>
    /// <param name="first">The first entry, from 0.</param>
    /// <param name="count">How many.</param>
    /// <param name="sum">The whole vector's sum.</param>
    /// <exception cref="ArgumentException">The entries end behind the bytes or behind the sum.</exception>
    public static void Add(ReadOnlySpan<byte> packed, int first, int count, RingVector sum) =>
        Apply(packed, first, count, sum, MaskSign.Add);

    /// <summary>Takes entries off a sum again that <see cref="Add"/> added.</summary>
    /// <inheritdoc cref="Add"/>
    public static void Subtract(ReadOnlySpan<byte> packed, int first, int count, RingVector sum) =>
        Apply(packed, first, count, sum, MaskSign.Subtract);

    private static void Apply(ReadOnlySpan<byte> packed, int first, int count, RingVector sum, MaskSign sign)
    {
        var (start, end) = ((long)first * sum.RingBits, ((long)first + count) * sum.RingBits);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)first + count, sum.Length, nameof(count));
        ArgumentOutOfRangeException.ThrowIfLessThan(packed.Length * 8L, end, nameof(packed));
        var bytes = packed[(int)(start / 8)..(int)((end + 7) / 8)];
        var skip = (int)(start % 8);
        if (sum.IsWide) PackedReader.Apply(bytes, skip, sum.RingBits, sum.Wide.Slice(first, count), sign);
        else ApplyNarrow(bytes, skip, sum.RingBits, sum.Narrow.Slice(first, count), sign);
    }

    private static void WriteNarrow(ReadOnlySpan<uint> words, int bits, Span<byte> packed)
    {
        if (Avx2PackedWriter.IsSupported) Avx2PackedWriter.Write(words, bits, packed);
        else PackedWriter.Write(words, bits, packed);
    }

    private static void ApplyNarrow(ReadOnlySpan<byte> packed, int skip, int bits, Span<uint> sum, MaskSign sign)
    {
        if (Avx2PackedReader.IsSupported) Avx2PackedReader.Apply(packed, skip, bits, sum, sign);
        else PackedReader.Apply(packed, skip, bits, sum, sign);
    }
}
