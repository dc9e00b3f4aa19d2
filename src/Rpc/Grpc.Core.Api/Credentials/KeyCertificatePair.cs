namespace Grpc.Core;

/// <summary>A certificate chain with its private key.</summary>
public sealed class KeyCertificatePair
{
    /// <summary>Makes a pair.</summary>
    /// <param name="certificateChain">The chain as PEM.</param>
    /// <param name="privateKey">The private key as PEM.</param>
    public KeyCertificatePair(string certificateChain, string privateKey)
    {
        ArgumentNullException.ThrowIfNull(certificateChain);
        ArgumentNullException.ThrowIfNull(privateKey);
        CertificateChain = certificateChain;
        PrivateKey = privateKey;
    }

    /// <summary>The chain as PEM.</summary>
    public string CertificateChain { get; }

    /// <summary>The private key as PEM.</summary>
    public string PrivateKey { get; }

    /// <summary>Never the key.</summary>
    public override string ToString() => "(secret)";
}
