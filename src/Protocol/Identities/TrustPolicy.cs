using System.Security.Cryptography.X509Certificates;

namespace FedMeta.Protocol;

/// <summary>
/// How certificate chains are built: one root, nothing from the network, nothing from the operating system.
/// </summary>
internal static class TrustPolicy
{
    public static X509ChainPolicy For(X509Certificate2 authority, CertificateRole role)
    {
        var policy = Offline();
        policy.CustomTrustStore.Add(authority);
        policy.ApplicationPolicy.Add(CertificateNames.UsageOf(role));
        return policy;
    }

    // Without a root every chain fails: for the side that decides by the pin alone.
    public static X509ChainPolicy Offline() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        VerificationFlags = X509VerificationFlags.NoFlag,
    };
}
