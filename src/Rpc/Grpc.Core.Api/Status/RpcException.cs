namespace Grpc.Core;

/// <summary>
/// A call that ended with another status than OK: a client catches it; a service throws it to choose the status and
/// the trailers that the peer sees.
/// </summary>
public class RpcException : Exception
{
    /// <summary>Fails with a status and no trailers.</summary>
    /// <param name="status">The status of the call.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty)
    {
    }

    /// <summary>Fails with a status and a message of its own.</summary>
    /// <param name="status">The status of the call.</param>
    /// <param name="message">The exception's message; it stays local.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Fails with a status and trailers.</summary>
    /// <param name="status">The status of the call.</param>
    /// <param name="trailers">Metadata sent or received with the status.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Fails with a status, trailers and a message of its own.</summary>
    /// <param name="status">The status of the call.</param>
    /// <param name="trailers">Metadata sent or received with the status.</param>
    /// <param name="message">The exception's message; it stays local.</param>
    /// <exception cref="ArgumentNullException">The trailers are null.</exception>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>The status of the call.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>Metadata sent or received with the status; empty when there is none.</summary>
    public Metadata Trailers { get; }
}
