namespace Grpc.Core;

/// <summary>The messages that the peer sends, one after another. One read at a time.</summary>
/// <typeparam name="T">The type of the messages.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last successful <see cref="MoveNext"/> found.</summary>
    T Current { get; }

    /// <summary>Waits for the next message.</summary>
    /// <param name="cancellationToken">Ends the whole call when cancelled.</param>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="RpcException">The call failed.</exception>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
