namespace Grpc.Core;

/// <summary>The state of a channel's connection.</summary>
public enum ConnectivityState
{
    /// <summary>No connection and no attempt at one.</summary>
    Idle,

    /// <summary>An attempt is under way.</summary>
    Connecting,

    /// <summary>Connected.</summary>
    Ready,

    /// <summary>The last attempt failed; another one follows.</summary>
    TransientFailure,

    /// <summary>The channel is disposed.</summary>
    Shutdown,
}
