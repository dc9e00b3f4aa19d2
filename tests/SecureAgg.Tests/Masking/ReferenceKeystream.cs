using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Counter mode as SP 800-38A writes it, one block and one element at a time, from any first
/// counter.</summary>
internal static class ReferenceKeystream
{
    public static byte[] Bytes(byte[] key, UInt128 counter, int length)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var keystream = new List<byte>();
        var block = new byte[16];
        for (; keystream.Count < length; counter++)
        {
            BinaryPrimitives.WriteUInt128BigEndian(block, counter);
            keystream.AddRange(aes.EncryptEcb(block, PaddingMode.None));
        }

        return [.. keystream.Take(length)];
    }

    public static void Apply(byte[] key, int ringBits, Span<uint> target, int first, MaskSign sign)
    {
        var size = ringBits > 16 ? 4 : 2;
        var keystream = Bytes(key, 0, (first + target.Length) * size);
        for (var i = 0; i < target.Length; i++)
        {
            var at = keystream.AsSpan((first + i) * size);
            var element = size == 4
                ? BinaryPrimitives.ReadUInt32LittleEndian(at)
                : BinaryPrimitives.ReadUInt16LittleEndian(at);
            target[i] = sign == MaskSign.Add ? target[i] + element : target[i] - element;
        }
    }
}
