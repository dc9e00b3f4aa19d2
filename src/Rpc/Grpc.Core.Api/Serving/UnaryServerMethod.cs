namespace Grpc.Core;

/// <summary>Answers a unary call.</summary>
/// <param name="request">The request.</param>
/// <param name="context">The call.</param>
/// <typeparam name="TRequest">The type of the request.</typeparam>
/// <typeparam name="TResponse">The type of the response.</typeparam>
public delegate Task<TResponse> UnaryServerMethod<TRequest, TResponse>(TRequest request, ServerCallContext context)
    where TRequest : class
    where TResponse : class;
