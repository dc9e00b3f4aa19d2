using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>AES-256-GCM (SP 800-38D) with a 12-byte nonce and the full 16-byte tag behind the ciphertext. A nonce that
/// comes twice under one key breaks it: here every key seals one message.</summary>
public static class AesGcmBox
{
    /// <summary>Length in bytes of the key.</summary>
    public const int KeyLength = 32;

    /// <summary>Length in bytes of the nonce.</summary>
    public const int NonceLength = 12;

    /// <summary>Length in bytes of the tag.</summary>
    public const int TagLength = 16;

    /// <summary>Encrypts; the result is <see cref="TagLength"/> bytes longer than the plaintext.</summary>
    /// <exception cref="ArgumentException">Key or nonce has a wrong length.</exception>
    public static byte[] Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associated)
    {
        Require(key, nonce);
        var sealedBytes = new byte[plaintext.Length + TagLength];
        using var aes = new AesGcm(key, TagLength);
        var ciphertext = sealedBytes.AsSpan(0, plaintext.Length);
        aes.Encrypt(nonce, plaintext, ciphertext, sealedBytes.AsSpan(plaintext.Length), associated);
        return sealedBytes;
    }

    /// <summary>Decrypts into <paramref name="plaintext"/>; false, and zeros, where the tag does not hold or the
    /// lengths do not fit together.</summary>
    /// <exception cref="ArgumentException">Key or nonce has a wrong length.</exception>
    public static bool TryOpen(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> sealedBytes,
        ReadOnlySpan<byte> associated,
        Span<byte> plaintext)
    {
        Require(key, nonce);
        plaintext.Clear();
        if (sealedBytes.Length != plaintext.Length + TagLength) return false;
        try
        {
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(nonce, sealedBytes[..plaintext.Length], sealedBytes[plaintext.Length..], plaintext, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            CryptographicOperations.ZeroMemory(plaintext);
            return false;
        }
    }

    private static void Require(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce)
    {
        if (key.Length != KeyLength) throw new ArgumentException("the key is 32 bytes", nameof(key));
        if (nonce.Length != NonceLength) throw new ArgumentException("the nonce is 12 bytes", nameof(nonce));
    }
}
