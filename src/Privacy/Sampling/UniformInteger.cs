using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>Uniform integers below a bound by rejection: a remainder would favour the small ones.</summary>
internal static class UniformInteger
{
    /// <summary>Lemire 2019, "Fast Random Integer Generation in an Interval": the high word of bound times 64 bits,
    /// after 2^64 mod bound low words are refused, so that each value keeps as many.</summary>
    public static ulong Below(ulong bound, KeystreamRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        var value = Math.BigMul(bound, random.NextUInt64(), out var low);
        if (low >= bound) return value;
        var refused = unchecked(0 - bound) % bound;
        while (low < refused) value = Math.BigMul(bound, random.NextUInt64(), out low);
        return value;
    }

    /// <summary>As many random bits as the bound has, drawn again until they lie below it.</summary>
    public static BigInteger Below(BigInteger bound, KeystreamRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var bits = (int)bound.GetBitLength();
        Span<byte> bytes = stackalloc byte[(bits + 7) / 8];
        while (true)
        {
            random.GetBytes(bytes);
            bytes[^1] &= (byte)(0xFF >> ((bytes.Length * 8) - bits));
            var draw = new BigInteger(bytes, isUnsigned: true);
            if (draw < bound) return draw;
        }
    }
}
