using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FedMeta.Rpc.Tests.EndToEnd;

/// <summary>The service behind Kestrel, HTTP/2 over TLS, on a free port of the loopback interface.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly X509Certificate2 _certificate;

    private EchoServer(WebApplication host, X509Certificate2 certificate)
    {
        _host = host;
        _certificate = certificate;
    }

    public EchoProbe Probe { get; } = new();

    public Uri Address => new(_host.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    public static async Task<EchoServer> StartAsync(
        Action<GrpcServiceOptions>? options = null,
        Action<WebApplication>? routes = null,
        Action<IServiceCollection>? services = null)
    {
        var certificate = SelfSigned();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(certificate);
        }));
        builder.Services.AddGrpc();
        builder.Services.PostConfigure<GrpcServiceOptions>(grpc =>
        {
            grpc.CompressionProviders = []; // set any earlier, the server's own set-up would fill the list again
            options?.Invoke(grpc);
        });
        services?.Invoke(builder.Services);
        EchoServer? server = null;
        builder.Services.AddSingleton(_ => server!.Probe);
        var host = builder.Build();
        host.MapGrpcService<EchoService>();
        routes?.Invoke(host);
        server = new EchoServer(host, certificate);
        await host.StartAsync();
        return server;
    }

    /// <summary>A channel that trusts this server's certificate and nothing else.</summary>
    public GrpcChannel Connect(Action<GrpcChannelOptions>? configure = null) => Connect(_certificate, configure);

    /// <summary>A channel that trusts some other certificate.</summary>
    public GrpcChannel ConnectTrustingAnother()
    {
        using var other = SelfSigned();
        return Connect(X509CertificateLoader.LoadCertificate(other.RawData));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _certificate.Dispose();
    }

    private GrpcChannel Connect(X509Certificate2 trusted, Action<GrpcChannelOptions>? configure = null)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(trusted);
        var options = new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } },
            DisposeHttpClient = true,
            CompressionProviders = [],
        };
        configure?.Invoke(options);
        return GrpcChannel.ForAddress(Address, options);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddHours(1));
    }
}
