using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FedMeta.SecureAgg;

/// <summary>Adds packed entries to words, or takes them off, on any processor: an entry is cut out of the eight bytes
/// that it starts in, and of the ninth where it is long.</summary>
internal static class PackedReader
{
    private const int WindowBits = 64;
    private const int WindowBytes = 9;

    /// <param name="packed">Just the bytes that hold the entries, from the first one's first bit on.</param>
    /// <param name="bits">Width, 8 to the word's.</param>
    /// <param name="sum">A word for each entry.</param>
    /// <param name="sign">Which of the two.</param>
    public static void Apply<TWord>(ReadOnlySpan<byte> packed, int bits, Span<TWord> sum, MaskSign sign)
        where TWord : unmanaged, IBinaryInteger<TWord>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(packed.Length * 8L, (long)bits * sum.Length, nameof(packed));
        var mask = ulong.MaxValue >> (WindowBits - bits);
        var windows = (packed.Length - WindowBytes) * 8L;
        var whole = windows < 0 ? 0 : (int)Math.Min(sum.Length, (windows / bits) + 1);
        ref var start = ref MemoryMarshal.GetReference(packed);
        long bit = 0;
        for (var i = 0; i < whole; i++, bit += bits)
        {
            var window = Window(ref Unsafe.AddByteOffset(ref start, (nint)(bit >> 3)), (int)bit & 7);
            ApplyOne(ref sum[i], window & mask, sign);
        }

        for (var i = whole; i < sum.Length; i++, bit += bits)
        {
            ApplyOne(ref sum[i], LastWindow(packed[(int)(bit >> 3)..], (int)bit & 7) & mask, sign);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ApplyOne<TWord>(ref TWord word, ulong entry, MaskSign sign)
        where TWord : unmanaged, IBinaryInteger<TWord>
    {
        var change = TWord.CreateTruncating(entry);
        word = sign == MaskSign.Add ? unchecked(word + change) : unchecked(word - change);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Window(ref byte at, int shift)
    {
        var low = Unsafe.ReadUnaligned<ulong>(ref at);
        if (!BitConverter.IsLittleEndian) low = BinaryPrimitives.ReverseEndianness(low);
        var high = (ulong)Unsafe.Add(ref at, sizeof(ulong)) << 1;
        return (low >> shift) | (high << (WindowBits - 1 - shift));
    }

    private static ulong LastWindow(ReadOnlySpan<byte> packed, int shift)
    {
        Span<byte> window = stackalloc byte[WindowBytes];
        window.Clear();
        packed[..Math.Min(packed.Length, WindowBytes)].CopyTo(window);
        return Window(ref MemoryMarshal.GetReference(window), shift);
    }
}
