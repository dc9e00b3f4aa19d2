using System.Buffers.Binary;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Vectors of whole random words, most of them above the ring.</summary>
internal static class RandomVectors
{
    public static RingVector Words(SeededRandom random, int length, int bits)
    {
        var vector = new RingVector(length, bits);
        for (var i = 0; i < length; i++)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(random.Bytes(8));
            vector[i] = vector.IsWide ? word : (uint)word;
        }

        return vector;
    }

    public static void AssertEqual(RingVector expected, RingVector actual)
    {
        Assert.Equal(expected.RingBits, actual.RingBits);
        if (expected.IsWide) Assert.Equal(expected.Wide.ToArray(), actual.Wide.ToArray());
        else Assert.Equal(expected.Narrow.ToArray(), actual.Narrow.ToArray());
    }
}
