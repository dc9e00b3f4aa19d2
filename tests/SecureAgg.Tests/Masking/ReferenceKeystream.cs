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

    /// <summary>Masks a whole vector that begins at a block.</summary>
    public static void Apply(byte[] key, RingVector target, uint counter, MaskSign sign)
    {
        var size = target.RingBits <= 16 ? 2 : target.RingBits <= 32 ? 4 : 8;
        var keystream = Bytes(key, counter, target.Length * size);
        var word = target.IsWide ? ulong.MaxValue : uint.MaxValue;
        for (var i = 0; i < target.Length; i++)
        {
            var element = 0UL;
            for (var j = 0; j < size; j++) element |= (ulong)keystream[(i * size) + j] << (8 * j);
            var result = sign == MaskSign.Add ? target[i] + element : target[i] - element;
            target[i] = result & word;
        }
    }
}
