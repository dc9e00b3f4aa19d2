using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace FedMeta.Protocol;

/// <summary>
/// How the coordinator answers a TLS handshake. A client may come without a certificate (enrolment answers to it); one
/// that shows a certificate must show a good one. Who it is, and whether it was revoked, is asked again on every call:
/// a connection outlives its handshake.
/// </summary>
public static class ServerTls
{
    /// <summary>Versions that are spoken.</summary>
    public const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>Handshake options for a listener.</summary>
    /// <param name="server">The coordinator's certificate with its key (<see cref="Identity.Attach"/>).</param>
    /// <param name="authority">The consortium's certificate.</param>
    /// <param name="time">The clock.</param>
    public static SslServerAuthenticationOptions Options(
        X509Certificate2 server, X509Certificate2 authority, TimeProvider time) => new()
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(server, [authority], offline: true),
            ClientCertificateRequired = true,
            EnabledSslProtocols = Protocols,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = ClientPolicy(authority),
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            RemoteCertificateValidationCallback = (_, certificate, _, _) => Accepts(certificate, authority, time),
        };

    /// <summary>
    /// Whether a handshake may go on: without a certificate, or with one of a client or operator of the consortium that
    /// is valid now.
    /// </summary>
    public static bool Accepts(X509Certificate? certificate, X509Certificate2 authority, TimeProvider time)
    {
        if (certificate is null) return true;
        if (certificate is not X509Certificate2 shown) return false;
        return PeerCertificate.TryVerify(shown, authority, time, out var peer) && peer.Role != CertificateRole.Server;
    }

    /// <summary>
    /// How client certificates are chained: one root, nothing from the network or the operating system.
    /// </summary>
    public static X509ChainPolicy ClientPolicy(X509Certificate2 authority) =>
        TrustPolicy.For(authority, CertificateRole.Client);
}
