namespace Grpc.Core;

/// <summary>A shorter way to read a stream of messages.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>Waits for the next message without a token.</summary>
    /// <param name="streamReader">The stream.</param>
    /// <typeparam name="T">The type of the messages.</typeparam>
    /// <returns>False at the end of the stream.</returns>
    public static Task<bool> MoveNext<T>(this IAsyncStreamReader<T> streamReader)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return streamReader.MoveNext(CancellationToken.None);
    }
}
