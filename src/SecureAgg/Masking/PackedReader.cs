using System.Buffers.Binary;
using System.Numerics;

namespace FedMeta.SecureAgg;

/// <summary>Adds packed entries to words, or takes them off: an entry is cut out of the eight bytes that it starts in,
/// and of the ninth where it is long.</summary>
internal static class PackedReader
{
    private const int WindowBits = 64;

    /// <param name="packed">Just the bytes that hold the entries.</param>
    /// <param name="skip">Bits of the first byte that stand before the first entry.</param>
    /// <param name="bits">Width, 8 to the word's.</param>
    /// <param name="sum">A word for each entry.</param>
    /// <param name="sign">Which of the two.</param>
    public static void Apply<TWord>(ReadOnlySpan<byte> packed, int skip, int bits, Span<TWord> sum, MaskSign sign)
        where TWord : unmanaged, IBinaryInteger<TWord>
    {
        var mask = ulong.MaxValue >> (WindowBits - bits);
        long bit = skip;
        foreach (ref var word in sum)
        {
            var entry = TWord.CreateTruncating(Window(packed[(int)(bit / 8)..], (int)(bit % 8)) & mask);
            word = sign == MaskSign.Add ? unchecked(word + entry) : unchecked(word - entry);
            bit += bits;
        }
    }

    private static ulong Window(ReadOnlySpan<byte> packed, int shift)
    {
        if (packed.Length <= sizeof(ulong))
        {
            var value = 0UL;
            for (var i = packed.Length - 1; i > 0; i--) value = (value << 8) | packed[i];
            return (value << (8 - shift)) | ((uint)packed[0] >> shift);
        }

        var window = BinaryPrimitives.ReadUInt64LittleEndian(packed) >> shift;
        return window | (((ulong)packed[sizeof(ulong)] << 1) << (WindowBits - 1 - shift));
    }
}
