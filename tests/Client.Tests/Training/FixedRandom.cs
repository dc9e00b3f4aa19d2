using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FedMeta.Client.Tests.Training;

/// <summary>The same bytes in every run, so that two runs differ by their data alone. Protects nothing.</summary>
internal sealed class FixedRandom(string label) : RandomNumberGenerator
{
    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes(label));
    private ulong _counter;

    public override void GetBytes(byte[] data) => GetBytes(data.AsSpan());

    public override void GetBytes(Span<byte> data)
    {
        Span<byte> input = stackalloc byte[40];
        Span<byte> block = stackalloc byte[32];
        _key.CopyTo(input);
        while (data.Length > 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(input[32..], _counter++);
            SHA256.HashData(input, block);
            var count = Math.Min(data.Length, block.Length);
            block[..count].CopyTo(data);
            data = data[count..];
        }
    }
}
