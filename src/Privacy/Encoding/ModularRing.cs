namespace FedMeta.Privacy;

/// <summary>
/// Residues modulo 2^b and the signed integers they stand for, b from 1 to 64 (Kairouz, Liu and Steinke 2021, Section
/// 4.2). Reduction is post-processing of the integer sum: docs/proofs/integer-norm.md, Decoding.
/// </summary>
public static class ModularRing
{
    /// <summary>Widest ring: that of a 64-bit word, in which wrapping is the ring's own arithmetic.</summary>
    public const int MaxBits = 64;

    /// <summary>The residue of <paramref name="value"/> in [0, 2^b). Since 2^b divides 2^64, a value that itself
    /// wrapped in 64 bits has the residue of the exact one.</summary>
    public static ulong Reduce(long value, int bits) => unchecked((ulong)value) & Mask(bits);

    /// <summary>The integer of the residue in [-2^(b-1), 2^(b-1)).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The residue is not below 2^b.</exception>
    public static long Recentre(ulong residue, int bits)
    {
        if (residue > Mask(bits)) throw new ArgumentOutOfRangeException(nameof(residue));

        // Shifted to the top and back, the highest bit of the residue becomes the sign.
        return unchecked((long)(residue << (MaxBits - bits))) >> (MaxBits - bits);
    }

    /// <summary>The greatest residue, 2^b - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">b is not in 1..64.</exception>
    public static ulong Mask(int bits) => bits is >= 1 and <= MaxBits
        ? ulong.MaxValue >> (MaxBits - bits)
        : throw new ArgumentOutOfRangeException(nameof(bits), "a ring has 1 to 64 bits");
}
