using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FedMeta.SecureAgg.Tests;

/// <summary>A source that repeats: SHA-256 over a seed and a counter.</summary>
internal sealed class SeededRandom(long seed) : RandomNumberGenerator
{
    private long _counter;

    public override void GetBytes(byte[] data) => GetBytes(data.AsSpan());

    public override void GetBytes(Span<byte> data)
    {
        Span<byte> input = stackalloc byte[16];
        Span<byte> block = stackalloc byte[32];
        BinaryPrimitives.WriteInt64LittleEndian(input, seed);
        while (!data.IsEmpty)
        {
            BinaryPrimitives.WriteInt64LittleEndian(input[8..], _counter++);
            SHA256.HashData(input, block);
            var length = Math.Min(data.Length, block.Length);
            block[..length].CopyTo(data);
            data = data[length..];
        }
    }

    public uint NextUInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        GetBytes(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public ulong NextUInt64() => ((ulong)NextUInt32() << 32) | NextUInt32();

    public int Below(int bound) => (int)(NextUInt32() % (uint)bound);

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        GetBytes(bytes);
        return bytes;
    }
}
