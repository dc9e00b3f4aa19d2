namespace Grpc.Core;

/// <summary>Answers a call with a stream of responses.</summary>
/// <param name="request">The request.</param>
/// <param name="responseStream">The responses.</param>
/// <param name="context">The call.</param>
/// <typeparam name="TRequest">The type of the request.</typeparam>
/// <typeparam name="TResponse">The type of the responses.</typeparam>
public delegate Task ServerStreamingServerMethod<TRequest, TResponse>(
    TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context)
    where TRequest : class
    where TResponse : class;
