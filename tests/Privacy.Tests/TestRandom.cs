using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FedMeta.Privacy.Tests;

/// <summary>Reproducible bytes: SHA-256 of a seed and a counter.</summary>
internal sealed class TestRandom(int seed) : RandomNumberGenerator
{
    private readonly Queue<byte> _bytes = new();
    private int _counter;

    public override void GetBytes(byte[] data) => GetBytes(data.AsSpan());

    public override void GetBytes(Span<byte> data)
    {
        foreach (ref var value in data)
        {
            if (_bytes.Count == 0) Refill();
            value = _bytes.Dequeue();
        }
    }

    private void Refill()
    {
        Span<byte> block = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(block, seed);
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], _counter++);
        foreach (var value in SHA256.HashData(block)) _bytes.Enqueue(value);
    }
}
