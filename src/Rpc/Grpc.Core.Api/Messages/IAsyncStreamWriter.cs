namespace Grpc.Core;

/// <summary>Sends messages to the peer, one after another. One write at a time.</summary>
/// <typeparam name="T">The type of the messages.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options for the next writes; null means those of the call.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Sends a message; completes when there is room for the next one.</summary>
    /// <param name="message">The message.</param>
    Task WriteAsync(T message);

    /// <summary>Sends a message with a token, where the implementation can.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the whole call when cancelled.</param>
    /// <exception cref="NotSupportedException">The implementation takes no token that can be cancelled.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken) => cancellationToken.CanBeCanceled
        ? throw new NotSupportedException("This stream takes no cancellation token for a write.")
        : WriteAsync(message);
}
