using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FedMeta.SecureAgg;

/// <summary>Adds packed entries up to 32 bits to words, or takes them off, eight at a time. Eight entries are exactly b
/// bytes. Four of them lie within 16 bytes: a shuffle puts the bytes of each into a window of 64 bits, a shift brings
/// it to the window's foot.</summary>
internal static class Avx2PackedReader
{
    private const int Group = 8;
    private const int HalfBytes = 16;

    public static bool IsSupported => Avx2.IsSupported;

    /// <inheritdoc cref="PackedReader.Apply"/>
    public static void Apply(ReadOnlySpan<byte> packed, int bits, Span<uint> sum, MaskSign sign)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(packed.Length * 8L, (long)bits * sum.Length, nameof(packed));
        var groups = Math.Min(sum.Length / Group, (packed.Length - (bits / 2) - HalfBytes + bits) / bits);
        if (groups <= 0) groups = 0;
        else ApplyGroups(ref MemoryMarshal.GetReference(packed), bits, sum[..(groups * Group)], sign);
        PackedReader.Apply(packed[(groups * bits)..], bits, sum[(groups * Group)..], sign);
    }

    // Compiled to the end at once, since a vector is read once a round.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyGroups(ref byte packed, int bits, Span<uint> sum, MaskSign sign)
    {
        // Entries 0, 1 and 4, 5 take one pass, 2, 3 and 6, 7 the other: their low words then interleave in order.
        var (shuffle, shift) = Windows(bits, 0);
        var (shuffleNext, shiftNext) = Windows(bits, 2);
        var mask = Vector256.Create(RingPacking.Mask(bits));
        ref var word = ref MemoryMarshal.GetReference(sum);
        for (var at = 0; at < sum.Length; at += Group)
        {
            var low = Vector128.LoadUnsafe(ref packed);
            var bytes = Vector256.Create(low, Vector128.LoadUnsafe(ref packed, (nuint)bits / 2));
            var first = Avx2.ShiftRightLogicalVariable(Avx2.Shuffle(bytes, shuffle).AsUInt64(), shift);
            var next = Avx2.ShiftRightLogicalVariable(Avx2.Shuffle(bytes, shuffleNext).AsUInt64(), shiftNext);
            var entries = Avx.Shuffle(first.AsSingle(), next.AsSingle(), 0b10_00_10_00).AsUInt32() & mask;
            ref var place = ref Unsafe.Add(ref word, at);
            var words = Vector256.LoadUnsafe(ref place);
            (sign == MaskSign.Add ? words + entries : words - entries).StoreUnsafe(ref place);
            packed = ref Unsafe.Add(ref packed, bits);
        }
    }

    // For the entries first and first + 1 of either half, which starts at bit 0 or, for an odd width, at bit 4.
    private static (Vector256<byte> Shuffle, Vector256<ulong> Shift) Windows(int bits, int first)
    {
        Span<byte> shuffle = stackalloc byte[2 * HalfBytes];
        Span<ulong> shift = stackalloc ulong[4];
        for (var window = 0; window < shift.Length; window++)
        {
            var half = window / 2;
            var bit = (half * (4 * bits % 8)) + ((first + (window % 2)) * bits);
            shift[window] = (ulong)bit % 8;
            for (var i = 0; i < sizeof(ulong); i++)
            {
                var from = (bit / 8) + i;
                shuffle[(window * sizeof(ulong)) + i] = from < HalfBytes ? (byte)from : (byte)0x80;
            }
        }

        return (Vector256.Create<byte>(shuffle), Vector256.Create<ulong>(shift));
    }
}
