using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace FedMeta.Privacy;

/// <summary>
/// The orthonormal transform y = H (s x)/sqrt D with the Walsh-Hadamard matrix in natural order and public random signs
/// s (Ailon and Chazelle 2006; Kairouz, Liu and Steinke 2021, Section 4.1). It spreads a vector evenly over its
/// coordinates, for utility alone: rotations change no norm, and the noise does not depend on them
/// (docs/proofs/integer-norm.md, Rotation). Signs: bit j of SHA-256("fedmeta-rotation-1" | seed | little-endian 32-bit block number), 256 a
/// block, lowest bit of the first byte first; a set bit is -1.
/// </summary>
public sealed class RandomizedHadamard
{
    /// <summary>Bytes of a seed.</summary>
    public const int SeedSize = 32;

    private readonly double[] _signs;

    private RandomizedHadamard(double[] signs) => _signs = signs;

    /// <summary>Entries D of a rotated vector.</summary>
    public int PaddedDimension => _signs.Length;

    /// <summary>The rotation of a public per-round seed.</summary>
    /// <param name="seed">32 bytes, fresh for each round.</param>
    /// <param name="paddedDimension">D, a power of two.</param>
    public static RandomizedHadamard FromSeed(ReadOnlySpan<byte> seed, int paddedDimension)
    {
        if (seed.Length != SeedSize) throw new ArgumentException("a rotation seed has 32 bytes", nameof(seed));
        CheckDimension(paddedDimension);
        var label = "fedmeta-rotation-1"u8;
        Span<byte> block = stackalloc byte[label.Length + SeedSize + sizeof(uint)];
        label.CopyTo(block);
        seed.CopyTo(block[label.Length..]);
        Span<byte> bits = stackalloc byte[SHA256.HashSizeInBytes];
        var signs = new double[paddedDimension];
        for (var j = 0; j < signs.Length; j++)
        {
            if (j % 256 == 0)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(block[^sizeof(uint)..], (uint)(j / 256));
                SHA256.HashData(block, bits);
            }

            signs[j] = ((bits[j % 256 / 8] >> (j % 8)) & 1) == 0 ? 1 : -1;
        }

        return new RandomizedHadamard(signs);
    }

    /// <summary>The rotation of given signs, each +1 or -1, a power of two of them.</summary>
    public static RandomizedHadamard FromSigns(ReadOnlySpan<int> signs)
    {
        CheckDimension(signs.Length);
        var copy = new double[signs.Length];
        for (var j = 0; j < copy.Length; j++)
        {
            if (signs[j] is not (1 or -1)) throw new ArgumentException("a sign is +1 or -1", nameof(signs));
            copy[j] = signs[j];
        }

        return new RandomizedHadamard(copy);
    }

    /// <summary>Rotates in place; <paramref name="values"/> has D entries, the vector padded with zeros.</summary>
    public void Rotate(Span<double> values)
    {
        CheckLength(values);
        for (var j = 0; j < values.Length; j++) values[j] *= _signs[j];
        Transform(values);
    }

    /// <summary>The inverse of <see cref="Rotate"/>, in place.</summary>
    public void Unrotate(Span<double> values)
    {
        CheckLength(values);
        Transform(values);
        for (var j = 0; j < values.Length; j++) values[j] *= _signs[j];
    }

    private static void Transform(Span<double> values)
    {
        for (var half = 1; half < values.Length; half *= 2)
        {
            for (var start = 0; start < values.Length; start += 2 * half)
            {
                var low = values.Slice(start, half);
                var high = values.Slice(start + half, half);
                for (var j = 0; j < low.Length; j++) (low[j], high[j]) = (low[j] + high[j], low[j] - high[j]);
            }
        }

        var norm = 1 / Math.Sqrt(values.Length);
        foreach (ref var value in values) value *= norm;
    }

    private static void CheckDimension(int dimension)
    {
        if (!BitOperations.IsPow2(dimension))
            throw new ArgumentException("the padded dimension is a power of two", nameof(dimension));
    }

    private void CheckLength(Span<double> values)
    {
        if (values.Length != _signs.Length)
            throw new ArgumentException("the vector has another padded dimension", nameof(values));
    }
}
