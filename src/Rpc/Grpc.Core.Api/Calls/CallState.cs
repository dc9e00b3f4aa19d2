namespace Grpc.Core;

/// <summary>
/// What every kind of call lets its caller ask. The functions take a state object, so that a client can share static
/// functions between calls.
/// </summary>
internal sealed class CallState(
    Func<object, Task<Metadata>> responseHeaders,
    Func<object, Status> status,
    Func<object, Metadata> trailers,
    Action<object> dispose,
    object state)
{
    public CallState(
        Task<Metadata> responseHeaders, Func<Status> status, Func<Metadata> trailers, Action dispose)
        : this(_ => responseHeaders, _ => status(), _ => trailers(), _ => dispose(), state: dispose)
    {
    }

    public Task<Metadata> ResponseHeaders() => responseHeaders(state);

    public Status Status() => status(state);

    public Metadata Trailers() => trailers(state);

    public void Dispose() => dispose(state);
}
