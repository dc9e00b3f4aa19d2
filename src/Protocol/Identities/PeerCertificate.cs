using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FedMeta.Protocol;

/// <summary>
/// Who a peer's certificate says it is, after the certificate was verified against the consortium's authority.
/// </summary>
/// <param name="Role">What it may be.</param>
/// <param name="Name">Client id, operator's name or host.</param>
/// <param name="Pin">Of its key. Compare it with the enrolled one: a certificate alone does not say whether it was
/// revoked.</param>
public sealed record PeerCertificate(CertificateRole Role, string Name, KeyPin Pin)
{
    /// <summary>
    /// Verifies a certificate: signed by <paramref name="authority"/> itself, valid now, for the key usage of its role.
    /// Nothing is downloaded, no authority of the operating system counts, revocation is the caller's to ask for on
    /// every call.
    /// </summary>
    /// <param name="certificate">What the peer showed.</param>
    /// <param name="authority">The consortium's certificate.</param>
    /// <param name="time">The clock.</param>
    /// <param name="peer">The holder when the answer is true.</param>
    public static bool TryVerify(
        X509Certificate2 certificate,
        X509Certificate2 authority,
        TimeProvider time,
        [NotNullWhen(true)] out PeerCertificate? peer)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(time);
        peer = null;
        try
        {
            if (CertificateNames.Read(certificate.SubjectName) is not { } holder) return false;
            if (holder.Role == CertificateRole.Client && !ClientId.IsValid(holder.Name)) return false;
            var key = certificate.PublicKey.ExportSubjectPublicKeyInfo();
            if (!PublicKeys.IsValid(key) || !CertificateNames.HasUsage(certificate, holder.Role)) return false;
            using var chain = new X509Chain { ChainPolicy = TrustPolicy.For(authority, holder.Role) };
            chain.ChainPolicy.VerificationTimeIgnored = false;
            chain.ChainPolicy.VerificationTime = time.GetUtcNow().LocalDateTime;
            var isTrusted = chain.Build(certificate) && chain.ChainElements.Count == 2;
            foreach (var element in chain.ChainElements) element.Certificate.Dispose();
            if (isTrusted) peer = new PeerCertificate(holder.Role, holder.Name, KeyPin.Of(key));
            return isTrusted;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
