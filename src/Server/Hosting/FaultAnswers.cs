using System.Globalization;
using FedMeta.Protocol;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace FedMeta.Server.Hosting;

/// <summary>
/// Turns a fault of the coordinator's environment into an answer: the operator is told what, hint and code; a
/// hospital only
/// that the coordinator has a fault of its own.
/// </summary>
internal sealed partial class FaultAnswers(ILogger<FaultAnswers> log) : Interceptor
{
    /// <summary>Trailer with the exit code.</summary>
    public const string CodeTrailer = "fedmeta-code";

    /// <summary>Trailer with the hint, UTF-8.</summary>
    public const string HintTrailer = "fedmeta-hint-bin";

    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context).ConfigureAwait(false);
        }
        catch (FedMetaException fault)
        {
            throw Answer(context, fault);
        }
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context).ConfigureAwait(false);
        }
        catch (FedMetaException fault)
        {
            throw Answer(context, fault);
        }
    }

    /// <inheritdoc/>
    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context).ConfigureAwait(false);
        }
        catch (FedMetaException fault)
        {
            throw Answer(context, fault);
        }
    }

    private RpcException Answer(ServerCallContext context, FedMetaException fault)
    {
        Failed(log, context.Method, fault.Code.Name(), fault);
        if (AuthorisationMatrix.Roles.GetValueOrDefault(context.Method) != Role.Operator)
            return new RpcException(new Status(StatusCode.Unavailable, "the coordinator has a fault of its own"));
        var trailers = new Metadata
        {
            { CodeTrailer, ((int)fault.Code).ToString(CultureInfo.InvariantCulture) },
            { HintTrailer, System.Text.Encoding.UTF8.GetBytes(fault.Hint) },
        };
        return new RpcException(new Status(StatusCode.FailedPrecondition, fault.What), trailers);
    }

    [LoggerMessage(1002, LogLevel.Error, "{Method} failed: {Code}")]
    private static partial void Failed(ILogger log, string method, string code, Exception fault);
}
