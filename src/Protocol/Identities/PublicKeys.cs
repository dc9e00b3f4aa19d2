using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace FedMeta.Protocol;

/// <summary>
/// Public identity keys: ECDSA on P-256 (FIPS 186-5), as SubjectPublicKeyInfo in DER (RFC 5480), 91 bytes. Signatures
/// are 64 bytes, IEEE P1363 form, over SHA-256 of the domain, a line feed and the message.
/// </summary>
public static class PublicKeys
{
    /// <summary>Bytes of a signature.</summary>
    public const int SignatureLength = 64;

    /// <summary>Bytes of a P-256 SubjectPublicKeyInfo with an uncompressed point.</summary>
    public const int KeyLength = 91;

    // SEQUENCE { SEQUENCE { id-ecPublicKey, prime256v1 }, BIT STRING { uncompressed point } } (RFC 5480 section 2).
    private static ReadOnlySpan<byte> Header =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06,
        0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];

    /// <summary>Whether <paramref name="publicKey"/> is a P-256 key in the one DER form that is used here.</summary>
    public static bool IsValid(ReadOnlySpan<byte> publicKey)
    {
        if (!TryImport(publicKey, out var key)) return false;
        using (key) return true;
    }

    /// <summary>
    /// Verifies a signature over <paramref name="message"/> in <paramref name="domain"/>. Hostile bytes give false.
    /// </summary>
    /// <param name="publicKey">SubjectPublicKeyInfo, DER.</param>
    /// <param name="domain">What kind of document it is, ASCII without line feed; the same as when signing.</param>
    /// <param name="message">The document's bytes.</param>
    /// <param name="signature">64 bytes.</param>
    public static bool Verify(
        ReadOnlySpan<byte> publicKey, string domain, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength || !TryImport(publicKey, out var key)) return false;
        using (key)
        {
            return key.VerifyData(
                Scoped(domain, message),
                signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    // Without a domain a signature under one kind of document could be shown as one under another.
    internal static byte[] Scoped(string domain, ReadOnlySpan<byte> message)
    {
        ArgumentException.ThrowIfNullOrEmpty(domain);

        // No slash: the first line of a checkpoint, which the same keys sign as it is, has one (Checkpoint.IsOrigin).
        if (!domain.All(c => c is > ' ' and < (char)127 and not '/'))
            throw new ArgumentException("a domain is one ASCII word without a slash", nameof(domain));
        var scoped = new byte[domain.Length + 1 + message.Length];
        System.Text.Encoding.ASCII.GetBytes(domain, scoped);
        scoped[domain.Length] = (byte)'\n';
        message.CopyTo(scoped.AsSpan(domain.Length + 1));
        return scoped;
    }

    internal static bool TryImport(ReadOnlySpan<byte> publicKey, [NotNullWhen(true)] out ECDsa? key)
    {
        key = null;

        // Comparing first keeps other algorithms and curves away from the platform's parser.
        if (publicKey.Length != KeyLength || !publicKey.StartsWith(Header)) return false;
        var candidate = ECDsa.Create();
        try
        {
            candidate.ImportSubjectPublicKeyInfo(publicKey, out _);
            key = candidate;
            return true;
        }
        catch (CryptographicException)
        {
            // A point off the curve: a peer's bytes are refused like any other.
            candidate.Dispose();
            return false;
        }
    }
}
