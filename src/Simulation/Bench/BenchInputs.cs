using System.Buffers.Binary;
using System.Security.Cryptography;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Bench;

/// <summary>Inputs of 16-bit values. A few vectors serve all clients in turn, so that many clients cost no more memory
/// than few; who is in the sum still shows, since the vectors differ.</summary>
internal sealed class BenchInputs
{
    private const int Different = 8;
    private readonly short[][] _values;
    private readonly IReadOnlyList<RingVector>[] _vectors;
    private readonly int _bits;

    /// <summary>Draws the vectors.</summary>
    /// <param name="shape">Of the one vector.</param>
    /// <param name="random">A cryptographic source.</param>
    public BenchInputs(VectorShape shape, RandomNumberGenerator random)
    {
        _bits = shape.RingBits;
        _values = new short[Different][];
        _vectors = new IReadOnlyList<RingVector>[Different];
        for (var i = 0; i < Different; i++)
        {
            _values[i] = Draw(shape.Length, random);
            _vectors[i] = [Encode(_values[i], _bits)];
        }
    }

    /// <summary>The input of a client, from 0.</summary>
    public IReadOnlyList<RingVector> Of(int client) => _vectors[client % Different];

    /// <summary>Whether a sum is exactly that of these clients' values, as whole numbers with their signs.</summary>
    public bool IsSumOf(IReadOnlyCollection<int> clients, RingVector sum)
    {
        var times = new long[Different];
        foreach (var client in clients) times[client % Different]++;
        for (var i = 0; i < sum.Length; i++)
        {
            var expected = 0L;
            for (var j = 0; j < Different; j++) expected += times[j] * _values[j][i];
            var unused = 64 - _bits;
            if ((long)(sum[i] << unused) >> unused != expected) return false;
        }

        return true;
    }

    private static short[] Draw(int length, RandomNumberGenerator random)
    {
        var bytes = new byte[Math.Min(length, 1 << 16) * sizeof(short)];
        var values = new short[length];
        for (var i = 0; i < length; i++)
        {
            var at = i * sizeof(short) % bytes.Length;
            if (at == 0) random.GetBytes(bytes);
            var drawn = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(at));
            values[i] = Math.Max(drawn, (short)-SecAggBenchPlan.Bound);
        }

        return values;
    }

    private static RingVector Encode(short[] values, int bits)
    {
        var vector = new RingVector(values.Length, bits);
        for (var i = 0; i < values.Length; i++) vector[i] = unchecked((ulong)values[i]) & vector.Mask;
        return vector;
    }
}
