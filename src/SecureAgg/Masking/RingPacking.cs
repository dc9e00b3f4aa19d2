using System.Buffers.Binary;

namespace FedMeta.SecureAgg;

/// <summary>Vectors modulo 2^b on the wire: b bits an entry, the least significant first, no gaps, the rest of the last
/// byte zero.</summary>
public static class RingPacking
{
    private const int WordBits = 32;

    /// <summary>Bytes of a packed vector: ceil(d b / 8).</summary>
    /// <param name="length">Entries d, from 1.</param>
    /// <param name="ringBits">Width b, 8 to 32.</param>
    public static int PackedLength(int length, int ringBits) => checked((int)((((long)length * ringBits) + 7) / 8));

    /// <summary>The greatest value of the ring, 2^b - 1.</summary>
    public static uint Mask(int ringBits) => uint.MaxValue >> (WordBits - ringBits);

    /// <summary>Packs the entries modulo 2^b.</summary>
    /// <param name="vector">Entries; bits above the ring are cut off.</param>
    /// <param name="ringBits">Width b, 8 to 32.</param>
    public static byte[] Pack(ReadOnlySpan<uint> vector, int ringBits)
    {
        var packed = new byte[PackedLength(vector.Length, ringBits)];
        var mask = Mask(ringBits);
        var (pending, filled, at) = (0UL, 0, 0);
        foreach (var entry in vector)
        {
            pending |= (ulong)(entry & mask) << filled;
            filled += ringBits;
            if (filled < WordBits) continue;
            BinaryPrimitives.WriteUInt32LittleEndian(packed.AsSpan(at), (uint)pending);
            at += sizeof(uint);
            pending >>= WordBits;
            filled -= WordBits;
        }

        for (; at < packed.Length; at++, pending >>= 8) packed[at] = (byte)pending;
        return packed;
    }

    /// <summary>Whether the bits behind the last entry are zero, in a packed vector of the right length.</summary>
    public static bool HasZeroPadding(ReadOnlySpan<byte> packed, int length, int ringBits)
    {
        var used = (int)((long)length * ringBits % 8);
        return used == 0 || packed[^1] >> used == 0;
    }

    /// <summary>Adds a packed vector to <paramref name="sum"/>, modulo 2^32.</summary>
    /// <exception cref="ArgumentException">The bytes are not exactly the length of the sum, packed.</exception>
    public static void AddPacked(ReadOnlySpan<byte> packed, int ringBits, Span<uint> sum)
    {
        if (packed.Length != PackedLength(sum.Length, ringBits))
        {
            throw new ArgumentException("the packed vector has another length than the sum", nameof(packed));
        }

        var mask = Mask(ringBits);
        var (pending, filled) = (0UL, 0);
        for (var i = 0; i < sum.Length; i++)
        {
            if (filled < ringBits && packed.Length >= sizeof(uint))
            {
                pending |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(packed) << filled;
                packed = packed[sizeof(uint)..];
                filled += WordBits;
            }

            for (; filled < ringBits; filled += 8)
            {
                pending |= (ulong)packed[0] << filled;
                packed = packed[1..];
            }

            sum[i] = unchecked(sum[i] + ((uint)pending & mask));
            pending >>= ringBits;
            filled -= ringBits;
        }
    }
}
