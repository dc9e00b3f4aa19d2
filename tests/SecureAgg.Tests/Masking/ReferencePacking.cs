using System.Numerics;

namespace FedMeta.SecureAgg.Tests;

/// <summary>The packed vector as one great integer: entry i times 2^(b i).</summary>
internal static class ReferencePacking
{
    public static byte[] Pack(RingVector vector)
    {
        var sum = BigInteger.Zero;
        var mask = (BigInteger.One << vector.RingBits) - 1;
        for (var i = 0; i < vector.Length; i++) sum |= (vector[i] & mask) << (i * vector.RingBits);
        var packed = new byte[((vector.Length * vector.RingBits) + 7) / 8];
        sum.ToByteArray(isUnsigned: true).AsSpan().TrimEnd((byte)0).CopyTo(packed);
        return packed;
    }

    /// <summary>Entry <paramref name="index"/>, bit by bit.</summary>
    public static ulong Entry(ReadOnlySpan<byte> packed, int bits, int index)
    {
        var entry = 0UL;
        for (var bit = 0; bit < bits; bit++)
        {
            var at = ((long)index * bits) + bit;
            entry |= (ulong)((packed[(int)(at / 8)] >> (int)(at % 8)) & 1) << bit;
        }

        return entry;
    }
}
