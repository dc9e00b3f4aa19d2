namespace Grpc.Core;

/// <summary>The client's side of a stream of requests.</summary>
/// <typeparam name="T">The type of the requests.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Ends the stream; the server then sees the end of the requests.</summary>
    Task CompleteAsync();
}
