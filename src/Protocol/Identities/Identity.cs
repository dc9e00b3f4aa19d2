using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FedMeta.Protocol;

/// <summary>
/// A party's private key: ECDSA on P-256 (FIPS 186-5). A hospital has one, for its TLS client certificate, its
/// decisions, its ledger entries and its secure-aggregation signatures, which differ in their domain. It is made
/// where it is used and never leaves.
/// </summary>
public sealed class Identity : IDisposable
{
    private const int MaxFileBytes = 8192;

    private Identity(ECDsa key)
    {
        Key = key;
        PublicKey = key.ExportSubjectPublicKeyInfo();
        Pin = KeyPin.Of(PublicKey);
    }

    /// <summary>
    /// The key pair, for certificates and protocols that sign in their own form. Owned by this object.
    /// </summary>
    public ECDsa Key { get; }

    /// <summary>SubjectPublicKeyInfo, DER, 91 bytes.</summary>
    public byte[] PublicKey { get; }

    /// <summary>The public key's pin.</summary>
    public KeyPin Pin { get; }

    /// <summary>The public key's six words.</summary>
    public string Fingerprint => KeyFingerprint.Of(PublicKey);

    /// <summary>Makes a key.</summary>
    public static Identity Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Loads the key from a PEM file (PKCS#8).</summary>
    /// <exception cref="FedMetaException">
    /// The file is missing; it is no P-256 key; or on Unix others than its owner may read it.
    /// </exception>
    public static Identity Load(string path)
    {
        var content = EnvironmentFaults.Explaining(path, () =>
        {
            RefuseLooseRights(path);
            var file = new FileInfo(path);
            if (file.Length > MaxFileBytes) throw NotAKey(path, null);
            return File.ReadAllText(path);
        });
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(content);

            // A file with a public key alone imports too; only a private one exports this.
            CryptographicOperations.ZeroMemory(key.ExportParameters(true).D);
            if (!PublicKeys.IsValid(key.ExportSubjectPublicKeyInfo())) throw NotAKey(path, null);
            return new Identity(key);
        }
        catch (Exception fault)
        {
            key.Dispose();
            if (fault is CryptographicException or ArgumentException) throw NotAKey(path, fault);
            throw;
        }
    }

    /// <summary>Writes the key to a PEM file (PKCS#8) with mode 0600, whole or not at all.</summary>
    /// <exception cref="FedMetaException">There is a file already; disk full; permission.</exception>
    public void Save(string path)
    {
        if (File.Exists(path))
        {
            throw new FedMetaException(
                ExitCode.AlreadyInitialised,
                $"there is a key in {path} already",
                "a key is never written over; move it away first if it is really to be replaced");
        }

        var der = Key.ExportPkcs8PrivateKey();
        var pem = PemEncoding.WriteUtf8("PRIVATE KEY"u8, der);
        try
        {
            DurableFile.Write(path, pem, secret: true);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    /// <summary>
    /// Signs <paramref name="message"/> in <paramref name="domain"/>; see <see cref="PublicKeys.Verify"/>.
    /// </summary>
    /// <exception cref="ArgumentException">A domain that is not one ASCII word without a slash.</exception>
    /// <returns>64 bytes.</returns>
    public byte[] Sign(string domain, ReadOnlySpan<byte> message) => Key.SignData(
        PublicKeys.Scoped(domain, message),
        HashAlgorithmName.SHA256,
        DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>
    /// A PKCS#10 request (RFC 2986) for a certificate, DER; its signature proves possession of the key.
    /// </summary>
    /// <param name="name">The client id; the authority decides itself what it puts into the certificate.</param>
    public byte[] CreateRequest(string name)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        return new CertificateRequest(subject.Build(), Key, HashAlgorithmName.SHA256).CreateSigningRequest();
    }

    /// <summary>The certificate together with this key, as TLS needs it. The caller disposes it.</summary>
    /// <exception cref="ArgumentException">The certificate is for another key.</exception>
    public X509Certificate2 Attach(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var whole = certificate.CopyWithPrivateKey(Key);
        if (!OperatingSystem.IsWindows()) return whole;

        // Windows' TLS cannot use a key that lives in memory alone: it goes through a key container of this process.
        using (whole) return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();

    /// <summary>Never the key.</summary>
    public override string ToString() => "(secret)";

    private static void RefuseLooseRights(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if ((File.GetUnixFileMode(path) & others) == 0) return;
        throw new FedMetaException(
            ExitCode.Permission,
            $"other users may read the private key {path}",
            $"run: chmod 600 {path} (and think about whether somebody has read it: then revoke and join again)");
    }

    private static FedMetaException NotAKey(string path, Exception? cause) => new(
        ExitCode.Configuration,
        $"{path} does not hold a P-256 private key in PEM form",
        "restore it from a backup, or leave and join again with a new invite",
        cause);
}
