namespace Grpc.Core;

/// <summary>The outcome of a call, as in the <c>grpc-status</c> trailer (gRPC over HTTP/2, "Status").</summary>
public enum StatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,

    /// <summary>The caller gave the call up.</summary>
    Cancelled = 1,

    /// <summary>An error that carries no better code.</summary>
    Unknown = 2,

    /// <summary>The request is malformed, whatever the state of the server.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed first; the call may still have taken effect.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be created exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a size or a memory limit is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The state of the server does not allow the call; retrying alone does not help.</summary>
    FailedPrecondition = 9,

    /// <summary>A conflict with a concurrent call; a retry from a higher level may help.</summary>
    Aborted = 10,

    /// <summary>A position lies past the valid range.</summary>
    OutOfRange = 11,

    /// <summary>The server does not know the method.</summary>
    Unimplemented = 12,

    /// <summary>An invariant of the server is broken.</summary>
    Internal = 13,

    /// <summary>The server cannot be reached for now; a retry with back-off may help.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or damaged beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller has no valid credentials.</summary>
    Unauthenticated = 16,
}
