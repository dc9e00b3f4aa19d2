namespace Grpc.Core;

/// <summary>A server, as <see cref="VerifyPeerCallback"/> sees it.</summary>
public sealed class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem)
    {
        TargetName = targetName;
        PeerPem = peerPem;
    }

    /// <summary>The name that the client asked for.</summary>
    public string TargetName { get; }

    /// <summary>The server's certificate as PEM.</summary>
    public string PeerPem { get; }
}
