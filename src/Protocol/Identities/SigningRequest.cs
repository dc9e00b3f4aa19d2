using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FedMeta.Protocol;

/// <summary>
/// A peer's PKCS#10 request (RFC 2986) of which only the key is believed: its signature shows that the peer holds the
/// private half. Subject and extensions that it asks for are ignored.
/// </summary>
public sealed record SigningRequest
{
    /// <summary>Longest request that is looked at, in bytes.</summary>
    public const int MaxLength = 4096;

    private SigningRequest(byte[] publicKey) => PublicKey = publicKey;

    /// <summary>SubjectPublicKeyInfo of the P-256 key, DER.</summary>
    public byte[] PublicKey { get; }

    /// <summary>The key's pin.</summary>
    public KeyPin Pin => KeyPin.Of(PublicKey);

    /// <summary>Reads a request; false for anything that is not a request, signed with its own P-256 key.</summary>
    public static bool TryRead(ReadOnlySpan<byte> der, [NotNullWhen(true)] out SigningRequest? request)
    {
        request = null;
        if (der.Length is 0 or > MaxLength) return false;
        try
        {
            var asked = CertificateRequest.LoadSigningRequest(
                der.ToArray(),
                HashAlgorithmName.SHA256,
                CertificateRequestLoadOptions.Default,
                RSASignaturePadding.Pkcs1);
            var key = asked.PublicKey.ExportSubjectPublicKeyInfo();
            if (!PublicKeys.IsValid(key)) return false;
            request = new SigningRequest(key);
            return true;
        }
        catch (Exception fault) when (fault is CryptographicException or AsnContentException or NotSupportedException)
        {
            return false;
        }
    }
}
