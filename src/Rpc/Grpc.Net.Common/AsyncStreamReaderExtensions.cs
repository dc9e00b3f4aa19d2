using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>Reads a stream of messages with <c>await foreach</c>.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>Reads every message to the end of the stream.</summary>
    /// <param name="streamReader">The stream.</param>
    /// <param name="cancellationToken">Ends the whole call when cancelled.</param>
    /// <typeparam name="T">The type of the messages.</typeparam>
    public static IAsyncEnumerable<T> ReadAllAsync<T>(
        this IAsyncStreamReader<T> streamReader, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return Read(streamReader, cancellationToken);
    }

    private static async IAsyncEnumerable<T> Read<T>(
        IAsyncStreamReader<T> streamReader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await streamReader.MoveNext(cancellationToken).ConfigureAwait(false))
            yield return streamReader.Current;
    }
}
