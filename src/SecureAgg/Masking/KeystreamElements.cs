using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FedMeta.SecureAgg;

/// <summary>Adds finished keystream to words, as many at a time as the processor's vectors hold.</summary>
internal static class KeystreamElements
{
    /// <summary>Elements of 4 bytes.</summary>
    public static void ApplyFour(Span<uint> target, Span<byte> keystream, MaskSign sign)
    {
        var elements = MemoryMarshal.Cast<byte, uint>(keystream)[..target.Length];
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(elements, elements);
        Apply(target, elements, sign);
    }

    /// <summary>Elements of 8 bytes.</summary>
    public static void ApplyEight(Span<ulong> target, Span<byte> keystream, MaskSign sign)
    {
        var elements = MemoryMarshal.Cast<byte, ulong>(keystream)[..target.Length];
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(elements, elements);
        Apply(target, elements, sign);
    }

    /// <summary>Elements of 2 bytes.</summary>
    public static void ApplyTwo(Span<uint> target, Span<byte> keystream, MaskSign sign)
    {
        var elements = MemoryMarshal.Cast<byte, ushort>(keystream)[..target.Length];
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(elements, elements);
        var at = 0;
        for (; at <= target.Length - Vector<ushort>.Count; at += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(elements[at..]), out var low, out var high);
            ApplyVector(target[at..], low, sign);
            ApplyVector(target[(at + Vector<uint>.Count)..], high, sign);
        }

        for (; at < target.Length; at++) target[at] = Applied(target[at], elements[at], sign);
    }

    private static void Apply<TWord>(Span<TWord> target, ReadOnlySpan<TWord> elements, MaskSign sign)
        where TWord : unmanaged, IBinaryInteger<TWord>
    {
        var at = 0;
        for (; at <= target.Length - Vector<TWord>.Count; at += Vector<TWord>.Count)
        {
            ApplyVector(target[at..], new Vector<TWord>(elements[at..]), sign);
        }

        for (; at < target.Length; at++) target[at] = Applied(target[at], elements[at], sign);
    }

    private static void ApplyVector<TWord>(Span<TWord> target, Vector<TWord> elements, MaskSign sign)
        where TWord : unmanaged
    {
        var words = new Vector<TWord>(target);
        (sign == MaskSign.Add ? words + elements : words - elements).CopyTo(target);
    }

    private static TWord Applied<TWord>(TWord word, TWord element, MaskSign sign)
        where TWord : unmanaged, IBinaryInteger<TWord> =>
        sign == MaskSign.Add ? unchecked(word + element) : unchecked(word - element);
}
