namespace FedMeta.Privacy;

/// <summary>Residues modulo 2^b and the signed integers they stand for, b from 1 to 32.</summary>
public static class ModularRing
{
    /// <summary>The residue of <paramref name="value"/> in [0, 2^b).</summary>
    public static uint Reduce(long value, int bits)
    {
        Check(bits);
        return (uint)((ulong)value & Mask(bits));
    }

    /// <summary>The integer of the residue in [-2^(b-1), 2^(b-1)).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The residue is not below 2^b.</exception>
    public static long Recentre(uint residue, int bits)
    {
        Check(bits);
        if (residue > Mask(bits)) throw new ArgumentOutOfRangeException(nameof(residue));
        return residue >= 1UL << (bits - 1) ? residue - (long)Mask(bits) - 1 : residue;
    }

    private static ulong Mask(int bits) => (1UL << bits) - 1;

    private static void Check(int bits)
    {
        if (bits is < 1 or > 32) throw new ArgumentOutOfRangeException(nameof(bits), "a ring has 1 to 32 bits");
    }
}
