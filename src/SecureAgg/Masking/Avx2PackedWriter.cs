using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FedMeta.SecureAgg;

/// <summary>Packs words up to 32 bits, eight at a time, which are exactly b bytes: two become a pair in 64 bits, two
/// pairs a half in 128, and the second half is stored behind the first.</summary>
internal static class Avx2PackedWriter
{
    private const int Group = 8;
    private const int WordBits = 32;
    private const int PairBits = 64;
    private const int HalfBytes = 16;

    public static bool IsSupported => Avx2.IsSupported;

    /// <inheritdoc cref="PackedWriter.Write"/>
    public static void Write(ReadOnlySpan<uint> words, int bits, Span<byte> packed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(packed.Length, RingPacking.PackedLength(words.Length, bits));
        var groups = Math.Min(words.Length / Group, (packed.Length - (bits / 2) - HalfBytes + bits) / bits);
        if (groups <= 0) groups = 0;
        else WriteGroups(words[..(groups * Group)], bits, ref MemoryMarshal.GetReference(packed));
        PackedWriter.Write(words[(groups * Group)..], bits, packed[(groups * bits)..]);
    }

    // Compiled to the end at once, since a vector is packed once a round.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteGroups(ReadOnlySpan<uint> words, int bits, ref byte packed)
    {
        var mask = Vector256.Create(RingPacking.Mask(bits));

        // A pair: the even word moves up against the odd one, so that the pair lies 32 - b bits above its foot.
        var close = Vector256.Create((ulong)(WordBits - bits)).AsUInt32();
        var (ownLeft, ownRight) = Shifts(bits, swapped: false);
        var (otherLeft, otherRight) = Shifts(bits, swapped: true);
        var carry = Vector256.Create(Vector128.Create((byte)0x80), CarryShuffle(bits));
        ref var word = ref MemoryMarshal.GetReference(words);
        for (var at = 0; at < words.Length; at += Group)
        {
            var entries = Vector256.LoadUnsafe(ref word, (nuint)at) & mask;
            var own = Avx2.ShiftLeftLogicalVariable(entries, close);
            var other = Avx2.Shuffle(own, 0b01_00_11_10).AsUInt64();
            var halves = Avx2.ShiftLeftLogicalVariable(own.AsUInt64(), ownLeft)
                | Avx2.ShiftRightLogicalVariable(own.AsUInt64(), ownRight)
                | Avx2.ShiftLeftLogicalVariable(other, otherLeft)
                | Avx2.ShiftRightLogicalVariable(other, otherRight);

            // With an odd width the halves share a byte: the first half's last byte joins the second half's first.
            var bytes = halves.AsByte();
            bytes |= Avx2.Shuffle(Avx2.Permute2x128(bytes, bytes, 0), carry);
            bytes.GetLower().StoreUnsafe(ref packed);
            bytes.GetUpper().StoreUnsafe(ref packed, (nuint)bits / 2);
            packed = ref Unsafe.Add(ref packed, bits);
        }
    }

    // How far each pair moves to its place in the half. The half's lower 64 bits take the first pair from their own
    // place and the second from the other; the upper 64 the other way round.
    private static (Vector256<ulong> Left, Vector256<ulong> Right) Shifts(int bits, bool swapped)
    {
        Span<ulong> left = stackalloc ulong[4];
        Span<ulong> right = stackalloc ulong[4];
        for (var place = 0; place < left.Length; place++)
        {
            var upper = place % 2;
            var pair = swapped ? 1 - upper : upper;
            var start = place / 2 * (4 * bits % 8);
            var move = start + (pair * 2 * bits) - (upper * PairBits) - (WordBits - bits);
            left[place] = move >= 0 ? (ulong)move : PairBits;
            right[place] = move < 0 ? (ulong)-move : PairBits;
        }

        return (Vector256.Create<ulong>(left), Vector256.Create<ulong>(right));
    }

    private static Vector128<byte> CarryShuffle(int bits) =>
        Vector128.Create((byte)0x80).WithElement(0, bits % 2 == 0 ? (byte)0x80 : (byte)(bits / 2));
}
