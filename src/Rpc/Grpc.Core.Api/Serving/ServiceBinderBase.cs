namespace Grpc.Core;

/// <summary>Receives the methods of a service, one by one. A server overrides the four methods.</summary>
public class ServiceBinderBase
{
    /// <summary>Takes a unary method.</summary>
    /// <param name="method">The description.</param>
    /// <param name="handler">Answers the calls; null where the server finds the handler itself.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw new NotImplementedException();

    /// <summary>Takes a method that streams its requests.</summary>
    /// <param name="method">The description.</param>
    /// <param name="handler">Answers the calls; null where the server finds the handler itself.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw new NotImplementedException();

    /// <summary>Takes a method that streams its responses.</summary>
    /// <param name="method">The description.</param>
    /// <param name="handler">Answers the calls; null where the server finds the handler itself.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw new NotImplementedException();

    /// <summary>Takes a method with two streams.</summary>
    /// <param name="method">The description.</param>
    /// <param name="handler">Answers the calls; null where the server finds the handler itself.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw new NotImplementedException();
}
