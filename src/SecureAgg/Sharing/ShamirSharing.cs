using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>Shamir's t-of-n sharing of a 32-byte secret over p = 2^61 - 1: five limbs of 7 bytes (the last of 4), each
/// the value at 0 of its own random polynomial of degree t - 1. The share of the client at place x (from 1) is the five
/// values at x, 8 bytes each, little-endian. Fewer than t shares say nothing about the secret.</summary>
internal static class ShamirSharing
{
    public const int SecretLength = 32;
    public const int Limbs = 5;
    public const int ElementLength = 8;
    public const int ShareLength = Limbs * ElementLength;
    private const int LimbLength = 7;

    /// <summary>Writes the shares of the places 1 to <paramref name="count"/> one behind the other.</summary>
    public static void Split(
        ReadOnlySpan<byte> secret, int threshold, int count, Span<byte> shares, RandomNumberGenerator random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, SecretLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(shares.Length, count * ShareLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, count);
        using var buffer = new SecretBuffer(threshold * ElementLength);
        for (var limb = 0; limb < Limbs; limb++)
        {
            var coefficients = buffer.Span;
            FillWithElements(coefficients[ElementLength..], random);
            BinaryPrimitives.WriteUInt64LittleEndian(coefficients, ReadLimb(secret, limb));
            for (var x = 1; x <= count; x++)
            {
                var place = shares.Slice(((x - 1) * ShareLength) + (limb * ElementLength), ElementLength);
                BinaryPrimitives.WriteUInt64LittleEndian(place, Evaluate(coefficients, (ulong)x));
            }
        }
    }

    /// <summary>Reads the five elements of a share; false where it has another length or an element is not below
    /// p.</summary>
    public static bool TryParse(ReadOnlySpan<byte> share, Span<ulong> elements)
    {
        if (share.Length != ShareLength) return false;
        for (var limb = 0; limb < Limbs; limb++)
        {
            elements[limb] = BinaryPrimitives.ReadUInt64LittleEndian(share[(limb * ElementLength)..]);
            if (elements[limb] >= MersenneField.Prime) return false;
        }

        return true;
    }

    public static bool IsWellFormed(ReadOnlySpan<byte> share)
    {
        Span<ulong> elements = stackalloc ulong[Limbs];
        var wellFormed = TryParse(share, elements);
        elements.Clear();
        return wellFormed;
    }

    /// <summary>Puts the limbs together; false where one is too large, which no sharing of a secret gives.</summary>
    public static bool TryJoin(ReadOnlySpan<ulong> limbs, Span<byte> secret)
    {
        Span<byte> element = stackalloc byte[ElementLength];
        for (var limb = 0; limb < Limbs; limb++)
        {
            var place = LimbOf(secret, limb);
            if (limbs[limb] >> (8 * place.Length) != 0) return false;
            BinaryPrimitives.WriteUInt64LittleEndian(element, limbs[limb]);
            element[..place.Length].CopyTo(place);
        }

        return true;
    }

    private static ulong ReadLimb(ReadOnlySpan<byte> secret, int limb)
    {
        Span<byte> element = stackalloc byte[ElementLength];
        element.Clear();
        var start = limb * LimbLength;
        secret[start..Math.Min(start + LimbLength, SecretLength)].CopyTo(element);
        var value = BinaryPrimitives.ReadUInt64LittleEndian(element);
        CryptographicOperations.ZeroMemory(element);
        return value;
    }

    private static Span<byte> LimbOf(Span<byte> secret, int limb)
    {
        var start = limb * LimbLength;
        return secret[start..Math.Min(start + LimbLength, SecretLength)];
    }

    private static ulong Evaluate(ReadOnlySpan<byte> coefficients, ulong x)
    {
        var value = 0UL;
        for (var at = coefficients.Length - ElementLength; at >= 0; at -= ElementLength)
        {
            var coefficient = BinaryPrimitives.ReadUInt64LittleEndian(coefficients[at..]);
            value = MersenneField.Add(MersenneField.Multiply(value, x), coefficient);
        }

        return value;
    }

    // Uniform below p by rejection: 61 random bits give p itself once in 2^61 draws.
    private static void FillWithElements(Span<byte> elements, RandomNumberGenerator random)
    {
        random.GetBytes(elements);
        for (var at = 0; at < elements.Length; at += ElementLength)
        {
            var place = elements.Slice(at, ElementLength);
            var value = BinaryPrimitives.ReadUInt64LittleEndian(place) & MersenneField.Prime;
            while (value == MersenneField.Prime)
            {
                random.GetBytes(place);
                value = BinaryPrimitives.ReadUInt64LittleEndian(place) & MersenneField.Prime;
            }

            BinaryPrimitives.WriteUInt64LittleEndian(place, value);
        }
    }
}
