using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>Uniform integers below a bound by rejection: a remainder would favour the small ones.</summary>
internal static class UniformInteger
{
    public static T Below<T>(T bound, KeystreamRandom random)
        where T : IBinaryInteger<T>
    {
        if (bound <= T.Zero) throw new ArgumentOutOfRangeException(nameof(bound));
        if (bound == T.One) return T.Zero;
        var bits = (bound - T.One).GetShortestBitLength();

        // A signed type counts its sign bit; one bit more only rejects more often.
        if (bits <= 64)
        {
            var mask = bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;
            while (true)
            {
                var draw = T.CreateChecked(random.NextUInt64() & mask);
                if (draw < bound) return draw;
            }
        }

        Span<byte> bytes = stackalloc byte[(bits + 7) / 8];
        while (true)
        {
            random.GetBytes(bytes);
            bytes[^1] &= (byte)(0xFF >> ((bytes.Length * 8) - bits));
            var draw = T.ReadLittleEndian(bytes, isUnsigned: true);
            if (draw < bound) return draw;
        }
    }
}
