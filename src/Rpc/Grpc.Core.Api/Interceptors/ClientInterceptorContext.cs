namespace Grpc.Core.Interceptors;

/// <summary>A call, as a client's interceptor sees it.</summary>
/// <typeparam name="TRequest">The type of the requests.</typeparam>
/// <typeparam name="TResponse">The type of the responses.</typeparam>
public readonly struct ClientInterceptorContext<TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    /// <summary>Describes a call.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The authority, or null for the channel's own.</param>
    /// <param name="options">The options of the call.</param>
    public ClientInterceptorContext(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Method = method;
        Host = host;
        Options = options;
    }

    /// <summary>The method.</summary>
    public Method<TRequest, TResponse> Method { get; }

    /// <summary>The authority, or null for the channel's own.</summary>
    public string? Host { get; }

    /// <summary>The options of the call.</summary>
    public CallOptions Options { get; }
}
