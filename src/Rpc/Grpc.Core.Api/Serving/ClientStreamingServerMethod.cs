namespace Grpc.Core;

/// <summary>Answers a call that streams its requests.</summary>
/// <param name="requestStream">The requests.</param>
/// <param name="context">The call.</param>
/// <typeparam name="TRequest">The type of the requests.</typeparam>
/// <typeparam name="TResponse">The type of the response.</typeparam>
public delegate Task<TResponse> ClientStreamingServerMethod<TRequest, TResponse>(
    IAsyncStreamReader<TRequest> requestStream, ServerCallContext context)
    where TRequest : class
    where TResponse : class;
