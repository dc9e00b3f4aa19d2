using System.Net;
using System.Security.Cryptography.X509Certificates;
using FedMeta.Protocol.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FedMeta.Protocol.Tests;

/// <summary>A coordinator's listener with a service that answers with the certificate that the caller showed.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly X509Certificate2 _certificate;

    private TestServer(WebApplication application, X509Certificate2 certificate)
    {
        _application = application;
        _certificate = certificate;
    }

    public ServerAddress Address { get; private set; } = new("127.0.0.1", 1);

    /// <param name="authority">Signs the server's certificate, and decides which clients are let in.</param>
    /// <param name="identity">The server's key.</param>
    /// <param name="role">Of the server's certificate.</param>
    /// <param name="age">How long ago its certificate, which is good for a day, was issued.</param>
    public static async Task<TestServer> Start(
        ConsortiumAuthority authority,
        Identity identity,
        CertificateRole role = CertificateRole.Server,
        TimeSpan age = default)
    {
        var time = TimeProvider.System;
        var then = new FixedTime(time.GetUtcNow() - age);
        using var issued = authority.Issue(identity.PublicKey, role, "a", then, TimeSpan.FromDays(1));
        var certificate = identity.Attach(issued);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback,
            0,
            listener =>
            {
                listener.Protocols = HttpProtocols.Http2;
                listener.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => ValueTask.FromResult(
                        ServerTls.Options(certificate, authority.Certificate, time)),
                });
            }));
        builder.Services.AddGrpc();
        var application = builder.Build();
        application.MapGrpcService<EchoService>();
        await application.StartAsync();
        var url = application.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new TestServer(application, certificate) { Address = new ServerAddress("127.0.0.1", new Uri(url).Port) };
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _certificate.Dispose();
    }

    internal sealed class EchoService : Enrolment.EnrolmentBase
    {
        public override Task<EnrolmentStatus> GetStatus(EnrolmentStatusRequest request, ServerCallContext context)
        {
            if (request.ClientId == "refuse-me") throw new RpcException(new Status(StatusCode.PermissionDenied, "no"));
            var shown = context.GetHttpContext().Connection.ClientCertificate;
            var answer = new EnrolmentStatus { State = EnrolmentStatus.Types.State.Approved };
            if (shown is not null) answer.Certificate = Google.Protobuf.ByteString.CopyFrom(shown.RawData);
            return Task.FromResult(answer);
        }
    }
}
