using System.Runtime.Intrinsics.X86;

namespace FedMeta.SecureAgg;

/// <summary>Masks under several keys: for each the AES-256 keystream in counter mode (SP 800-38A) from the counter
/// zero, big-endian, read as little-endian elements. A block's counter follows from its place, so a vector can be
/// masked in pieces, in any order. One instance serves one thread; disposal erases the round keys.</summary>
internal abstract class MaskKernel : IDisposable
{
    public const int KeyLength = 32;
    public const int BlockLength = 16;

    /// <summary>The fastest kernel that this processor runs.</summary>
    /// <param name="slots">How many keys it holds at a time.</param>
    public static MaskKernel Create(int slots) =>
        AesNiMaskKernel.IsSupported ? new AesNiMaskKernel(slots) : new EcbMaskKernel(slots);

    /// <summary>Expands a key of 32 bytes into a slot, over the one before.</summary>
    public abstract void SetKey(int slot, ReadOnlySpan<byte> key);

    /// <summary>Adds the elements of a slot's mask onto a piece, or takes them off it, modulo the word.</summary>
    public void Apply(int slot, MaskPiece piece, MaskSign sign)
    {
        var (vector, first, count, counter) = piece;
        if (vector.IsWide) Apply(slot, vector.Wide.Slice(first, count), counter, sign);
        else Apply(slot, vector.Narrow.Slice(first, count), MaskLayout.ElementLength(vector.RingBits), counter, sign);
    }

    public abstract void Dispose();

    /// <summary>Elements of 8 bytes.</summary>
    public abstract void Apply(int slot, Span<ulong> words, uint counter, MaskSign sign);

    /// <summary>Elements of 2 or 4 bytes.</summary>
    public abstract void Apply(int slot, Span<uint> words, int elementLength, uint counter, MaskSign sign);
}
