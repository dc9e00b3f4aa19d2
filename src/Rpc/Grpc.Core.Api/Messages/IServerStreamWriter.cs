namespace Grpc.Core;

/// <summary>The server's side of a stream of responses; the end of the handler ends the stream.</summary>
/// <typeparam name="T">The type of the responses.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
