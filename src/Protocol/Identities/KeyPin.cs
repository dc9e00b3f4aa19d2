using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;

namespace FedMeta.Protocol;

/// <summary>
/// Names one public key: SHA-256 of its SubjectPublicKeyInfo (RFC 7469 section 2.4). It outlives certificates. The text
/// form is 43 characters of base64url without padding.
/// </summary>
/// <param name="Digest">SHA-256 of the DER of the SubjectPublicKeyInfo.</param>
public readonly record struct KeyPin(Sha256Digest Digest)
{
    /// <summary>Characters of the text form.</summary>
    public const int TextLength = 43;

    /// <summary>The pin of a SubjectPublicKeyInfo in DER.</summary>
    public static KeyPin Of(ReadOnlySpan<byte> publicKey) => new(Sha256Digest.Of(publicKey));

    /// <summary>The pin of a certificate's key.</summary>
    public static KeyPin Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Of(certificate.PublicKey.ExportSubjectPublicKeyInfo());
    }

    /// <summary>Reads the text form; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out KeyPin pin)
    {
        pin = default;
        if (text is not { Length: TextLength } || !Base64Text.TryDecodeUrl(text, Sha256Digest.Length, out var bytes))
            return false;
        pin = new KeyPin(new Sha256Digest(bytes));
        return true;
    }

    /// <summary>43 characters of base64url.</summary>
    public override string ToString() => Base64Url.EncodeToString(Digest.ToArray());
}
