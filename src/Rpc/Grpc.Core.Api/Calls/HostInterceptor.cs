using Grpc.Core.Interceptors;

namespace Grpc.Core;

/// <summary>Names the authority in each call that names none.</summary>
internal sealed class HostInterceptor(string host) : ContextInterceptor
{
    protected override ClientInterceptorContext<TRequest, TResponse> Change<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context) =>
        context.Host is null ? new(context.Method, host, context.Options) : context;
}
