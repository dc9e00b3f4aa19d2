using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>A call with one request and one response. Disposing it before its end cancels it.</summary>
/// <typeparam name="TResponse">The type of the response.</typeparam>
public sealed class AsyncUnaryCall<TResponse> : IDisposable
{
    private readonly CallState _call;

    /// <summary>Makes a call from functions.</summary>
    /// <param name="responseAsync">The response.</param>
    /// <param name="responseHeadersAsync">Gives the response headers.</param>
    /// <param name="getStatusFunc">Gives the status of an ended call.</param>
    /// <param name="getTrailersFunc">Gives the trailers of an ended call.</param>
    /// <param name="disposeAction">Cancels the call where it still runs.</param>
    public AsyncUnaryCall(
        Task<TResponse> responseAsync,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        ResponseAsync = responseAsync;
        _call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>Makes a call from functions over a state.</summary>
    /// <param name="responseAsync">The response.</param>
    /// <param name="responseHeadersAsync">Gives the response headers.</param>
    /// <param name="getStatusFunc">Gives the status of an ended call.</param>
    /// <param name="getTrailersFunc">Gives the trailers of an ended call.</param>
    /// <param name="disposeAction">Cancels the call where it still runs.</param>
    /// <param name="state">Handed to each function.</param>
    public AsyncUnaryCall(
        Task<TResponse> responseAsync,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        ResponseAsync = responseAsync;
        _call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>The response; it fails with <see cref="RpcException"/> when the call does.</summary>
    public Task<TResponse> ResponseAsync { get; }

    /// <summary>The headers that the server sends before its first response.</summary>
    public Task<Metadata> ResponseHeadersAsync => _call.ResponseHeaders();

    /// <summary>Lets <c>await</c> wait for the response.</summary>
    public TaskAwaiter<TResponse> GetAwaiter() => ResponseAsync.GetAwaiter();

    /// <summary>Lets <c>await</c> wait for the response, on the chosen context.</summary>
    /// <param name="continueOnCapturedContext">Whether to go on in the context of the caller.</param>
    public ConfiguredTaskAwaitable<TResponse> ConfigureAwait(bool continueOnCapturedContext) =>
        ResponseAsync.ConfigureAwait(continueOnCapturedContext);

    /// <summary>The status of the ended call.</summary>
    /// <exception cref="InvalidOperationException">The call still runs.</exception>
    public Status GetStatus() => _call.Status();

    /// <summary>The trailers of the ended call.</summary>
    /// <exception cref="InvalidOperationException">The call still runs.</exception>
    public Metadata GetTrailers() => _call.Trailers();

    /// <summary>Cancels the call where it still runs, and frees what it holds.</summary>
    public void Dispose() => _call.Dispose();
}
