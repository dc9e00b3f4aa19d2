using System.Buffers.Binary;
using System.Numerics;

namespace FedMeta.SecureAgg;

/// <summary>Packs words: 64 bits of the stream are gathered before they are written.</summary>
internal static class PackedWriter
{
    private const int WordBits = 64;

    /// <param name="words">The entries; bits above the ring are cut off.</param>
    /// <param name="bits">Width, 8 to the word's.</param>
    /// <param name="packed">Exactly the packed length.</param>
    public static void Write<TWord>(ReadOnlySpan<TWord> words, int bits, Span<byte> packed)
        where TWord : unmanaged, IBinaryInteger<TWord>
    {
        var mask = ulong.MaxValue >> (WordBits - bits);
        var (pending, filled, at) = (0UL, 0, 0);
        foreach (var word in words)
        {
            var entry = ulong.CreateTruncating(word) & mask;
            pending |= entry << filled;
            filled += bits;
            if (filled < WordBits) continue;
            BinaryPrimitives.WriteUInt64LittleEndian(packed[at..], pending);
            at += sizeof(ulong);
            filled -= WordBits;
            pending = filled == 0 ? 0 : entry >> (bits - filled);
        }

        for (; at < packed.Length; at++, pending >>= 8) packed[at] = (byte)pending;
    }
}
