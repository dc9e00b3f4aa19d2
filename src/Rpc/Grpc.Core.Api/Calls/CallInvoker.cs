namespace Grpc.Core;

/// <summary>Starts calls: the seam between generated clients and a channel or a test double.</summary>
public abstract class CallInvoker
{
    /// <summary>Makes a unary call and blocks until its end.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority, or null for the channel's own.</param>
    /// <param name="options">The options of the call.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="RpcException">The call failed.</exception>
    public abstract TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a unary call.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority, or null for the channel's own.</param>
    /// <param name="options">The options of the call.</param>
    /// <param name="request">The request.</param>
    public abstract AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a call with a stream of responses.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority, or null for the channel's own.</param>
    /// <param name="options">The options of the call.</param>
    /// <param name="request">The request.</param>
    public abstract AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a call with a stream of requests.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority, or null for the channel's own.</param>
    /// <param name="options">The options of the call.</param>
    public abstract AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class;

    /// <summary>Starts a call with two streams.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority, or null for the channel's own.</param>
    /// <param name="options">The options of the call.</param>
    public abstract AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class;
}
