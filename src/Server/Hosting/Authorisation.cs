using System.Security.Cryptography.X509Certificates;
using FedMeta.Protocol;
using FedMeta.Server.State;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace FedMeta.Server.Hosting;

/// <summary>
/// Decides on every call, not once for a connection, whether its caller may make it: a certificate that was revoked a
/// moment
/// ago fails on the next call although its connection still stands.
/// </summary>
internal sealed partial class Authorisation(
    FactJournal journal, ConsortiumCertificate authority, TimeProvider time, ILogger<Authorisation> log) : Interceptor
{
    /// <inheritdoc/>
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(request, context);
    }

    /// <inheritdoc/>
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(requestStream, context);
    }

    /// <inheritdoc/>
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(request, responseStream, context);
    }

    /// <inheritdoc/>
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Admit(context);
        return continuation(requestStream, responseStream, context);
    }

    private void Admit(ServerCallContext context)
    {
        if (!AuthorisationMatrix.Roles.TryGetValue(context.Method, out var needed))
            throw new RpcException(new Status(StatusCode.Unimplemented, "no such method"));
        var caller = needed == Role.Anyone ? new Caller(Role.Anyone, "") : Identify(context, needed);
        caller.Attach(context);
    }

    private Caller Identify(ServerCallContext context, Role needed)
    {
        var certificate = context.GetHttpContext().Connection.ClientCertificate;
        if (certificate is null)
            throw Refuse(context, StatusCode.Unauthenticated, "no client certificate was shown");
        if (!PeerCertificate.TryVerify(certificate, authority.Certificate, time, out var peer))
            throw Refuse(context, StatusCode.Unauthenticated,
                "the certificate is not of this consortium, or is not valid now");
        return needed == Role.Operator ? Operator(context, peer) : Client(context, peer, certificate);
    }

    private Caller Operator(ServerCallContext context, PeerCertificate peer) =>
        peer.Role == CertificateRole.Operator && journal.State.Server?.OperatorKey == peer.Pin.ToString()
            ? new Caller(Role.Operator, "")
            : throw Refuse(context, StatusCode.PermissionDenied, "this needs the operator's certificate");

    private Caller Client(ServerCallContext context, PeerCertificate peer, X509Certificate2 certificate)
    {
        var state = journal.State;
        if (peer.Role != CertificateRole.Client || !state.Clients.TryGetValue(peer.Name, out var client))
            throw Refuse(context, StatusCode.PermissionDenied, "this needs a hospital's certificate");
        if (client.Standing == ClientStanding.Revoked)
            throw Refuse(context, StatusCode.PermissionDenied, "revoked");
        var key = Convert.ToBase64String(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        return client.Standing == ClientStanding.Active && state.ActiveKeys.GetValueOrDefault(key) == peer.Name
            ? new Caller(Role.Client, peer.Name)
            : throw Refuse(context, StatusCode.PermissionDenied, "the certificate's key is not the enrolled one");
    }

    private RpcException Refuse(ServerCallContext context, StatusCode code, string why)
    {
        Refused(log, context.Method, context.Peer, why);
        return new RpcException(new Status(code, why));
    }

    [LoggerMessage(1001, LogLevel.Information, "{Method} refused to {Peer}: {Why}")]
    private static partial void Refused(ILogger log, string method, string peer, string why);
}
