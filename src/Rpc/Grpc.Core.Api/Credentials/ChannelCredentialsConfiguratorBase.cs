namespace Grpc.Core;

/// <summary>Takes a channel's credentials apart. For implementations of channels.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>The channel has no security.</summary>
    /// <param name="state">The caller's state.</param>
    public abstract void SetInsecureCredentials(object state);

    /// <summary>The channel uses TLS.</summary>
    /// <param name="state">The caller's state.</param>
    /// <param name="rootCertificates">Root certificates as PEM.</param>
    /// <param name="keyCertificatePair">The client's certificate.</param>
    /// <param name="verifyPeerCallback">Checks the server.</param>
    public abstract void SetSslCredentials(
        object state,
        string? rootCertificates,
        KeyCertificatePair? keyCertificatePair,
        VerifyPeerCallback? verifyPeerCallback);

    /// <summary>The channel has credentials, and so has each call.</summary>
    /// <param name="state">The caller's state.</param>
    /// <param name="channelCredentials">The channel's credentials.</param>
    /// <param name="callCredentials">The credentials of each call.</param>
    public abstract void SetCompositeCredentials(
        object state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
