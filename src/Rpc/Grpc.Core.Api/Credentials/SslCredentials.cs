namespace Grpc.Core;

/// <summary>
/// TLS. The managed client takes certificates from its HTTP handler and refuses credentials that name their own.
/// </summary>
public sealed class SslCredentials : ChannelCredentials
{
    private readonly VerifyPeerCallback? _verifyPeerCallback;

    /// <summary>TLS with the settings of the HTTP handler.</summary>
    public SslCredentials()
        : this(null, null, null)
    {
    }

    /// <summary>TLS with root certificates.</summary>
    /// <param name="rootCertificates">Root certificates as PEM.</param>
    public SslCredentials(string rootCertificates)
        : this(rootCertificates, null, null)
    {
    }

    /// <summary>TLS with root certificates and a certificate of the client.</summary>
    /// <param name="rootCertificates">Root certificates as PEM.</param>
    /// <param name="keyCertificatePair">The client's certificate.</param>
    public SslCredentials(string rootCertificates, KeyCertificatePair keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    /// <summary>TLS with root certificates, a certificate of the client and a check of the server.</summary>
    /// <param name="rootCertificates">Root certificates as PEM.</param>
    /// <param name="keyCertificatePair">The client's certificate.</param>
    /// <param name="verifyPeerCallback">Checks the server after the chain was found valid.</param>
    public SslCredentials(
        string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        RootCertificates = rootCertificates;
        KeyCertificatePair = keyCertificatePair;
        _verifyPeerCallback = verifyPeerCallback;
    }

    /// <summary>Root certificates as PEM, or null.</summary>
    public string? RootCertificates { get; }

    /// <summary>The client's certificate, or null.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; }

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(
        ChannelCredentialsConfiguratorBase configurator, object state)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, _verifyPeerCallback);
    }
}
