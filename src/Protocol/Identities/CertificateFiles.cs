using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace FedMeta.Protocol;

/// <summary>Certificates in PEM files.</summary>
public static class CertificateFiles
{
    /// <summary>Loads the one certificate of a PEM file.</summary>
    /// <exception cref="FedMetaException">The file is missing or holds no certificate.</exception>
    public static X509Certificate2 Load(string path)
    {
        var text = EnvironmentFaults.Explaining(path, () => File.ReadAllText(path));
        try
        {
            return X509Certificate2.CreateFromPem(text);
        }
        catch (CryptographicException fault)
        {
            throw new FedMetaException(
                ExitCode.Configuration,
                $"{path} does not hold a certificate in PEM form",
                "restore it from a backup",
                fault);
        }
    }

    /// <summary>Reads a peer's certificate in DER; null for anything else.</summary>
    public static X509Certificate2? TryRead(ReadOnlySpan<byte> der)
    {
        try
        {
            return der.Length is 0 or > 8192 ? null : X509CertificateLoader.LoadCertificate(der);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Writes a certificate as PEM, whole or not at all, over an older one.</summary>
    /// <exception cref="FedMetaException">Disk full or permission.</exception>
    public static void Save(string path, X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        DurableFile.Write(path, Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"));
    }
}
