using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>HKDF with SHA-256, extract and expand (RFC 5869).</summary>
public static class HkdfSha256
{
    /// <summary>Most bytes that one derivation gives: 255 blocks of 32 (RFC 5869, section 2.3).</summary>
    public const int MaxOutputLength = 255 * 32;

    /// <summary>Fills <paramref name="output"/> with key material.</summary>
    /// <param name="inputKey">The secret, of any length.</param>
    /// <param name="salt">Salt, may be empty.</param>
    /// <param name="info">What the key is for, may be empty.</param>
    /// <param name="output">Receives 1 to <see cref="MaxOutputLength"/> bytes.</param>
    /// <exception cref="ArgumentException">The output is empty or too long.</exception>
    public static void DeriveKey(
        ReadOnlySpan<byte> inputKey, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, Span<byte> output)
    {
        if (output.Length is 0 or > MaxOutputLength)
        {
            throw new ArgumentException($"HKDF-SHA-256 gives 1 to {MaxOutputLength} bytes", nameof(output));
        }

        HKDF.DeriveKey(HashAlgorithmName.SHA256, inputKey, output, salt, info);
    }
}
