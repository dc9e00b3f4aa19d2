using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FedMeta.SecureAgg;

/// <summary>Adds finished keystream to a vector, element by element; the compiler's vectors make it fast enough where
/// the keystream comes from a library.</summary>
internal static class KeystreamElements
{
    public static void Apply(Span<uint> target, Span<byte> keystream, int elementLength, MaskSign sign)
    {
        if (elementLength == sizeof(uint)) ApplyFour(target, keystream, sign);
        else ApplyTwo(target, keystream, sign);
    }

    public static void Apply(Span<ulong> target, Span<byte> keystream, MaskSign sign)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(keystream)[..target.Length];
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(words, words);
        if (sign == MaskSign.Add)
        {
            for (var i = 0; i < target.Length; i++) target[i] = unchecked(target[i] + words[i]);
        }
        else
        {
            for (var i = 0; i < target.Length; i++) target[i] = unchecked(target[i] - words[i]);
        }
    }

    private static void ApplyFour(Span<uint> target, Span<byte> keystream, MaskSign sign)
    {
        var words = MemoryMarshal.Cast<byte, uint>(keystream)[..target.Length];
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(words, words);
        if (sign == MaskSign.Add)
        {
            for (var i = 0; i < target.Length; i++) target[i] = unchecked(target[i] + words[i]);
        }
        else
        {
            for (var i = 0; i < target.Length; i++) target[i] = unchecked(target[i] - words[i]);
        }
    }

    private static void ApplyTwo(Span<uint> target, Span<byte> keystream, MaskSign sign)
    {
        var words = MemoryMarshal.Cast<byte, ushort>(keystream)[..target.Length];
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(words, words);
        if (sign == MaskSign.Add)
        {
            for (var i = 0; i < target.Length; i++) target[i] = unchecked(target[i] + words[i]);
        }
        else
        {
            for (var i = 0; i < target.Length; i++) target[i] = unchecked(target[i] - words[i]);
        }
    }
}
