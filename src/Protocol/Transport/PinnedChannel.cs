using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;

namespace FedMeta.Protocol;

/// <summary>
/// Calls to the one server whose key is pinned. No authority of the operating system counts, so a middlebox that opens
/// TLS with an authority of its own is refused, and <see cref="Explain"/> says so. The pinned key decides alone: an
/// expired certificate of that key, or another host name, is no obstacle and no risk.
/// </summary>
public sealed class PinnedChannel : IDisposable
{
    /// <summary>Largest message either way: everything longer travels in chunks.</summary>
    public const int MaxMessageBytes = 4 << 20;

    private readonly ServerAddress _server;
    private readonly KeyPin _pin;
    private readonly ProxySettings? _proxy;
    private readonly SocketsHttpHandler _handler;
    private volatile bool _sawWrongKey;

    /// <param name="server">Where calls go.</param>
    /// <param name="pin">The only key that is accepted there.</param>
    /// <param name="certificate">The client's certificate with its key, or null: enrolment needs none.</param>
    /// <param name="proxy">The proxy, or null for none; the operating system's is not looked at.</param>
    public PinnedChannel(
        ServerAddress server, KeyPin pin, X509Certificate2? certificate = null, ProxySettings? proxy = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        (_server, _pin, _proxy) = (server, pin, proxy);
        _handler = new SocketsHttpHandler
        {
            UseProxy = proxy is not null,
            Proxy = proxy?.ToWebProxy(),
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),

            // With a connector of its own the handler is left alone by the channel's load balancer, which would dial
            // the server itself and fail behind a proxy.
            ConnectCallback = Dial,

            // Middleboxes forget silent connections after 30 seconds and more; long polls end after 20.
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
            SslOptions = Tls(certificate),
        };
        Channel = GrpcChannel.ForAddress(server.Uri, new GrpcChannelOptions
        {
            HttpHandler = _handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MaxMessageBytes,
            MaxSendMessageSize = MaxMessageBytes,
            ThrowOperationCanceledOnCancellation = true,

            // What a small compressed body expands to is not bounded everywhere; nothing here gains by it.
            CompressionProviders = [],
        });
    }

    /// <summary>The channel, for the generated clients.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>
    /// What a failed call means for the person at the keyboard, or null where the server answered and the call's own
    /// status says it.
    /// </summary>
    public FedMetaException? Explain(RpcException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (_sawWrongKey) return WrongKey(failure);
        return failure.StatusCode switch
        {
            StatusCode.Unimplemented => new(
                ExitCode.VersionSkew,
                $"the server at {_server} does not know this call: {failure.Status.Detail}",
                "install the same version of fedmeta and fedmeta-client",
                failure),
            StatusCode.Unavailable or StatusCode.DeadlineExceeded => Unreachable(failure),
            StatusCode.Internal when IsTransport(failure.Status.DebugException) => Unreachable(failure),
            _ => null,
        };
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        Channel.Dispose();
        _handler.Dispose();
    }

    private static async ValueTask<Stream> Dial(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private SslClientAuthenticationOptions Tls(X509Certificate2? certificate)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = _server.Host,
            EnabledSslProtocols = ServerTls.Protocols,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = TrustPolicy.Offline(),
            RemoteCertificateValidationCallback = (_, shown, _, _) => Accepts(shown),
        };
        if (certificate is not null)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        return options;
    }

    private bool Accepts(X509Certificate? shown)
    {
        var isRight = shown is X509Certificate2 certificate
            && KeyPin.Of(certificate) == _pin
            && CertificateNames.HasUsage(certificate, CertificateRole.Server);
        _sawWrongKey = !isRight;
        return isRight;
    }

    private FedMetaException WrongKey(Exception cause) => new(
        ExitCode.WrongServerKey,
        $"the server's key is not the one in your invite ({_server})",
        $"a TLS-inspecting proxy is likely; ask IT to bypass {_server.Host}",
        cause);

    private FedMetaException Unreachable(RpcException cause)
    {
        var way = _proxy is null ? "" : $" through the proxy {_proxy}";
        return new FedMetaException(
            ExitCode.ServerUnreachable, $"the server {_server} does not answer{way}: {Reason(cause)}", Hint(
                cause), cause);
    }

    private string Hint(RpcException failure)
    {
        for (var cause = failure.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case HttpRequestException { StatusCode: HttpStatusCode.ProxyAuthenticationRequired }:
                    return "the proxy asks for a password: write it as http://user:password@host:port";
                case HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }:
                    return $"the proxy refuses; ask IT to allow CONNECT to {_server}";
                case SocketException
                {
                    SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData,
                }:
                    return "the name cannot be resolved; check it, and the network's DNS";
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return "nothing listens there; ask the operator whether fedmeta serve is running";
            }
        }

        return $"ask IT to allow outgoing connections to {_server}, or set the proxy in the configuration";
    }

    private static string Reason(RpcException failure)
    {
        var cause = failure.Status.DebugException;
        while (cause?.InnerException is { } inner) cause = inner;
        return cause?.Message ?? failure.Status.Detail;
    }

    private static bool IsTransport(Exception? cause) =>
        cause is HttpRequestException or IOException or SocketException
        || (cause?.InnerException is { } inner && IsTransport(inner));
}
