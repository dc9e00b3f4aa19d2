using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace FedMeta.Server.Hosting;

/// <summary>The sockets and their limits.</summary>
internal static class Listening
{
    private const int StreamsPerConnection = 32;

    /// <summary>HTTP/2 over TLS for everybody, and the loopback status page if it is on.</summary>
    public static void Configure(KestrelServerOptions kestrel, ServerConfiguration configuration,
        SslServerAuthenticationOptions tls)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = configuration.MaxConnections;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        // A masked input is as long as the study says; its reader takes exactly that many bytes and no more.
        limits.MaxRequestBodySize = null;
        limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        kestrel.Listen(configuration.Listen, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            // Enrolment needs no certificate; every other call is judged by Authorisation, which sees revocation at
            // once.
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(tls),
                HandshakeTimeout = TimeSpan.FromSeconds(10),
            });
        });
        if (configuration.DashboardPort is { } port)
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
    }
}
