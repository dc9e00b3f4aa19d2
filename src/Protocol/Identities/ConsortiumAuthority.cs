using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FedMeta.Protocol;

/// <summary>
/// The consortium's certificate authority (RFC 5280): one P-256 key that signs client, operator and server
/// certificates. It says who may connect. It has no say in a study: members stand in the approved document with their
/// keys, so that whoever holds this key cannot add a member afterwards. The key may be kept away from the server
/// between enrolments.
/// </summary>
public sealed class ConsortiumAuthority : IDisposable
{
    private const string KeyFile = "authority.key", CertificateFile = "authority.crt";

    // A clock that is a little ahead must not make a new certificate "not yet valid".
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3652);
    private readonly Identity _identity;

    private ConsortiumAuthority(Identity identity, X509Certificate2 certificate)
    {
        _identity = identity;
        Certificate = certificate;
    }

    /// <summary>
    /// The authority's own certificate, which every party trusts for this consortium and nothing else.
    /// </summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Makes an authority that is valid for ten years.</summary>
    /// <param name="name">Of the consortium; 1 to 64 characters.</param>
    /// <param name="time">The clock.</param>
    public static ConsortiumAuthority Create(string name, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var identity = Identity.Create();
        var request = new CertificateRequest(
            CertificateNames.Build(name, "authority"), identity.Key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        using var whole = request.CreateSelfSigned(now - ClockSkew, now + AuthorityLifetime);
        return new ConsortiumAuthority(identity, X509CertificateLoader.LoadCertificate(whole.RawData));
    }

    /// <summary>Loads <c>authority.key</c> and <c>authority.crt</c> from <paramref name="folder"/>.</summary>
    /// <exception cref="FedMetaException">A file is missing, wrong, or readable by others.</exception>
    public static ConsortiumAuthority Load(string folder)
    {
        var certificate = CertificateFiles.Load(Path.Combine(folder, CertificateFile));
        var identity = Identity.Load(Path.Combine(folder, KeyFile));
        if (KeyPin.Of(certificate) == identity.Pin) return new ConsortiumAuthority(identity, certificate);
        identity.Dispose();
        throw new FedMetaException(
            ExitCode.Configuration,
            $"{KeyFile} and {CertificateFile} in {folder} do not belong together",
            "restore both from one backup");
    }

    /// <summary>Writes both files, the key last, so that a key is never there without its certificate; the folder is
    /// made with mode 0700 where it is missing.</summary>
    /// <exception cref="FedMetaException">There is a key already; disk full; permission.</exception>
    public void Save(string folder)
    {
        PrivateFolder.Create(folder);
        var key = Path.Combine(folder, KeyFile);
        if (!File.Exists(key)) CertificateFiles.Save(Path.Combine(folder, CertificateFile), Certificate);
        _identity.Save(key);
    }

    /// <summary>Signs a certificate.</summary>
    /// <param name="publicKey">Of the holder: from a <see cref="SigningRequest"/>, or the coordinator's own
    /// key.</param>
    /// <param name="role">Client and operator certificates serve TLS clients only, server certificates TLS servers
    /// only.</param>
    /// <param name="name">Client id, operator's name, or the server's host name or address.</param>
    /// <param name="time">The clock.</param>
    /// <param name="lifetime">From now; cut at the authority's own end.</param>
    public X509Certificate2 Issue(
        ReadOnlySpan<byte> publicKey, CertificateRole role, string name, TimeProvider time, TimeSpan lifetime)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (role == CertificateRole.Client && !ClientId.IsValid(name))
            throw new ArgumentException("not a client id", nameof(name));
        if (!PublicKeys.TryImport(publicKey, out var key))
            throw new ArgumentException("not a P-256 key", nameof(publicKey));
        using (key)
        {
            var request = new CertificateRequest(
                CertificateNames.Build(name, CertificateNames.Of(role)), key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
            request.CertificateExtensions.Add(
                new X509EnhancedKeyUsageExtension([CertificateNames.UsageOf(role)], true));
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
            request.CertificateExtensions.Add(
                X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
            if (role == CertificateRole.Server) request.CertificateExtensions.Add(HostNames(name));

            var now = time.GetUtcNow();
            var end = now + lifetime;
            if (end > Certificate.NotAfter.ToUniversalTime()) end = Certificate.NotAfter.ToUniversalTime();
            return request.Create(
                Certificate.SubjectName,
                X509SignatureGenerator.CreateForECDsa(_identity.Key),
                now - ClockSkew,
                end,
                Serial());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _identity.Dispose();
        Certificate.Dispose();
    }

    // RFC 5280 section 4.1.2.2: positive, at most 20 bytes, unique.
    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }

    private static X509Extension HostNames(string host)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address)) names.AddIpAddress(address);
        else names.AddDnsName(host);
        return names.Build();
    }
}
