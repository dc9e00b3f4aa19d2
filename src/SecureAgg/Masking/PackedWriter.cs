using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FedMeta.SecureAgg;

/// <summary>Packs words on any processor: 64 bits of the stream are gathered before they are written.</summary>
internal static class PackedWriter
{
    private const int WindowBits = 64;

    /// <param name="words">The entries; bits above the ring are cut off.</param>
    /// <param name="bits">Width, 8 to the word's.</param>
    /// <param name="packed">Exactly the packed length.</param>
    public static void Write<TWord>(ReadOnlySpan<TWord> words, int bits, Span<byte> packed)
        where TWord : unmanaged, IBinaryInteger<TWord>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(packed.Length, RingPacking.PackedLength(words.Length, bits));
        ref var start = ref MemoryMarshal.GetReference(packed);
        var mask = ulong.MaxValue >> (WindowBits - bits);
        var (pending, filled, at) = (0UL, 0, 0);
        foreach (var word in words)
        {
            var entry = ulong.CreateTruncating(word) & mask;
            pending |= entry << filled;
            filled += bits;
            if (filled < WindowBits) continue;
            if (!BitConverter.IsLittleEndian) pending = BinaryPrimitives.ReverseEndianness(pending);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, at), pending);
            at += sizeof(ulong);
            filled -= WindowBits;
            pending = filled == 0 ? 0 : entry >> (bits - filled);
        }

        for (; at < packed.Length; at++, pending >>= 8) packed[at] = (byte)pending;
    }
}
