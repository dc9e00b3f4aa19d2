namespace FedMeta.SecureAgg;

/// <summary>Arithmetic modulo the prime p = 2^61 - 1 on elements below p, without a branch or an index that depends on
/// their values.</summary>
internal static class MersenneField
{
    public const int Bits = 61;
    public const ulong Prime = (1UL << Bits) - 1;

    public static ulong Add(ulong a, ulong b) => Reduce(a + b);

    public static ulong Subtract(ulong a, ulong b) => Reduce(a + Prime - b);

    public static ulong Multiply(ulong a, ulong b)
    {
        // 2^61 = 1, so the product hi 2^64 + lo is its low 61 bits plus the rest shifted down.
        var high = Math.BigMul(a, b, out var low);
        return Reduce((low & Prime) + ((low >> Bits) | (high << (64 - Bits))));
    }

    /// <summary>The inverse of a non-zero element: a^(p-2), the exponent being public.</summary>
    public static ulong Inverse(ulong a)
    {
        var result = 1UL;
        for (var bit = Bits - 1; bit >= 0; bit--)
        {
            result = Multiply(result, result);
            if ((((Prime - 2) >> bit) & 1) == 1) result = Multiply(result, a);
        }

        return result;
    }

    // For values below 2p: subtracts p once where that does not go below zero.
    private static ulong Reduce(ulong value)
    {
        var less = value - Prime;
        var belowZero = (ulong)((long)less >> 63);
        return less + (Prime & belowZero);
    }
}
