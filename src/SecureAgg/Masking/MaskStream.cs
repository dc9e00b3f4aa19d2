using System.Runtime.Intrinsics.X86;

namespace FedMeta.SecureAgg;

/// <summary>One mask: the AES-256 keystream in counter mode (SP 800-38A) from the counter zero, big-endian, read as
/// little-endian elements of 4 bytes, or of 2 for rings up to 16 bits. An element's counter follows from its place, so
/// a vector can be masked in pieces, in any order. Disposal erases the round keys.</summary>
internal abstract class MaskStream : IDisposable
{
    public const int KeyLength = 32;
    protected const int BlockLength = 16;

    protected MaskStream(ReadOnlySpan<byte> key, int ringBits)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyLength);
        ElementLength = ringBits > 16 ? sizeof(uint) : sizeof(ushort);
    }

    public int ElementLength { get; }

    protected int ElementsPerBlock => BlockLength / ElementLength;

    /// <summary>The fastest kernel that this processor runs.</summary>
    public static MaskStream Create(ReadOnlySpan<byte> key, int ringBits) =>
        Aes.IsSupported && Ssse3.IsSupported ? new AesNiMaskStream(key, ringBits) : new EcbMaskStream(key, ringBits);

    /// <summary>Adds the elements from <paramref name="first"/> on to <paramref name="target"/>, or takes them off it,
    /// modulo 2^32.</summary>
    /// <param name="target">A stretch of the vector.</param>
    /// <param name="first">Place of its first entry in the vector, at the start of a cipher block.</param>
    /// <param name="sign">Which of the two.</param>
    public void Apply(Span<uint> target, int first, MaskSign sign)
    {
        if (first % ElementsPerBlock != 0) throw new ArgumentException("a piece starts at a block", nameof(first));
        ApplyCore(target, (uint)(first / ElementsPerBlock), sign);
    }

    public abstract void Dispose();

    protected abstract void ApplyCore(Span<uint> target, uint counter, MaskSign sign);
}
