using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FedMeta.SecureAgg.Tests;

/// <summary>The seed of a generator that is folded, as libraries for simulation do it. They fold to 32 bits; fewer make
/// the search short enough for a test and change nothing else.</summary>
internal static class FoldedKey
{
    public const int Bits = 20;

    public static byte[] Fold(ReadOnlySpan<byte> key)
    {
        var folded = 0u;
        for (var at = 0; at < key.Length; at += sizeof(uint))
        {
            folded ^= BinaryPrimitives.ReadUInt32LittleEndian(key[at..]);
        }

        return Expand((folded ^ (folded >> Bits)) & ((1u << Bits) - 1));
    }

    /// <summary>The whole key that belongs to a folded one.</summary>
    public static byte[] Expand(uint folded)
    {
        var key = new byte[MaskKernel.KeyLength];
        BinaryPrimitives.WriteUInt32LittleEndian(key, folded);
        return key;
    }

    /// <summary>Tries every folded key for the one mask that is left on a vector; the vector without it is recognised
    /// by the bound of its entries. Null where no key gives such a vector.</summary>
    public static uint[]? Search(RoundContext context, uint[] masked, MaskSign sign, uint bound)
    {
        using var aes = Aes.Create();
        var (counter, block) = (new byte[16], new byte[16]);
        for (var folded = 0u; folded < 1u << Bits; folded++)
        {
            var key = Expand(folded);
            aes.SetKey(key);
            aes.EncryptEcb(counter, block, PaddingMode.None);
            var word = BinaryPrimitives.ReadUInt32LittleEndian(block);
            var first = sign == MaskSign.Add ? masked[0] - word : masked[0] + word;
            if ((first & PlainVector.Ring(context)) > bound) continue;
            var bare = masked.ToArray();
            PlainVector.Apply(context, bare, [(key, sign == MaskSign.Add ? MaskSign.Subtract : MaskSign.Add)]);
            if (bare.Max() <= bound) return bare;
        }

        return null;
    }
}
