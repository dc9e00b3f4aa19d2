using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>A vector of entries modulo 2^b in words of 32 bits up to b = 32 and of 64 bits above. Sums may run over the
/// ring, since 2^b divides the word's modulus: <see cref="Reduce"/> cuts them back.</summary>
public sealed class RingVector
{
    private const int NarrowBits = 32;
    private readonly uint[] _narrow = [];
    private readonly ulong[] _wide = [];

    /// <summary>The zero vector.</summary>
    /// <param name="length">Entries d, from 0.</param>
    /// <param name="ringBits">Width b, 8 to 64.</param>
    public RingVector(int length, int ringBits)
    {
        RingBits = Checked(ringBits);
        if (IsWide) _wide = new ulong[length];
        else _narrow = new uint[length];
    }

    private RingVector(uint[] narrow, ulong[] wide, int ringBits) =>
        (_narrow, _wide, RingBits) = (narrow, wide, Checked(ringBits));

    /// <summary>Entries d.</summary>
    public int Length => IsWide ? _wide.Length : _narrow.Length;

    /// <summary>Width b, 8 to 64.</summary>
    public int RingBits { get; }

    /// <summary>Whether the words have 64 bits: above b = 32.</summary>
    public bool IsWide => RingBits > NarrowBits;

    /// <summary>The greatest value of the ring, 2^b - 1.</summary>
    public ulong Mask => ulong.MaxValue >> (64 - RingBits);

    /// <summary>The words of a ring up to 32 bits.</summary>
    /// <exception cref="InvalidOperationException">The ring is wider.</exception>
    public Span<uint> Narrow => IsWide ? throw new InvalidOperationException("words of 64 bits") : _narrow;

    /// <summary>The words of a ring above 32 bits.</summary>
    /// <exception cref="InvalidOperationException">The ring is narrower.</exception>
    public Span<ulong> Wide => IsWide ? _wide : throw new InvalidOperationException("words of 32 bits");

    /// <summary>One word, which may be above the ring.</summary>
    /// <exception cref="OverflowException">The value set has more bits than a word.</exception>
    public ulong this[int index]
    {
        get => IsWide ? _wide[index] : _narrow[index];
        set
        {
            if (IsWide) _wide[index] = value;
            else _narrow[index] = checked((uint)value);
        }
    }

    /// <summary>A vector over these very words; nothing is copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The width is not in 8..32.</exception>
    public static RingVector Of(uint[] words, int ringBits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ringBits, NarrowBits);
        return new RingVector(words, [], ringBits);
    }

    /// <summary>A vector over these very words; nothing is copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The width is not in 33..64.</exception>
    public static RingVector Of(ulong[] words, int ringBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ringBits, NarrowBits);
        return new RingVector([], words, ringBits);
    }

    /// <summary>A vector of its own with these residues.</summary>
    /// <exception cref="OverflowException">A residue has more bits than a word of the ring.</exception>
    public static RingVector From(ReadOnlySpan<ulong> residues, int ringBits)
    {
        var vector = new RingVector(residues.Length, ringBits);
        for (var i = 0; i < residues.Length; i++) vector[i] = residues[i];
        return vector;
    }

    /// <summary>The words as residues of any width.</summary>
    public ulong[] ToResidues() => IsWide ? [.. _wide] : Array.ConvertAll(_narrow, word => (ulong)word);

    /// <summary>Whether every word is below 2^b.</summary>
    public bool IsInRange() => IsWide
        ? !_wide.AsSpan().ContainsAnyExceptInRange(0UL, Mask)
        : !_narrow.AsSpan().ContainsAnyExceptInRange(0U, (uint)Mask);

    /// <summary>Takes every word modulo 2^b.</summary>
    public void Reduce()
    {
        var (wide, narrow) = (Mask, (uint)Mask);
        foreach (ref var word in _wide.AsSpan()) word &= wide;
        foreach (ref var word in _narrow.AsSpan()) word &= narrow;
    }

    /// <summary>A vector of its own with the same words.</summary>
    public RingVector Copy() => new(_narrow.AsSpan().ToArray(), _wide.AsSpan().ToArray(), RingBits);

    /// <summary>Zeroes the words for good.</summary>
    public void Erase()
    {
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_narrow.AsSpan()));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_wide.AsSpan()));
    }

    private static int Checked(int ringBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ringBits, VectorShape.MinRingBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ringBits, VectorShape.MaxRingBits);
        return ringBits;
    }
}
