using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FedMeta.Client.Tests.Commands;

/// <summary>A coordinator with real TLS on the loopback whose answers a test scripts.</summary>
internal sealed class TestCoordinator : IAsyncDisposable
{
    private readonly Identity _key = Identity.Create();
    private WebApplication? _app;

    public ConsortiumAuthority Authority { get; } = ConsortiumAuthority.Create("test", TimeProvider.System);

    public EnrolmentStatus.Types.State State { get; set; } = EnrolmentStatus.Types.State.Pending;

    public byte[] ClientKey { get; set; } = [];

    public bool RefusesInvites { get; set; }

    public byte[] Document { get; set; } = [];

    /// <summary>What is sent instead of the listed document.</summary>
    public byte[]? Served { get; set; }

    public byte[] Model { get; set; } = [];

    public ConcurrentQueue<Decision> Decisions { get; } = [];

    public ConcurrentQueue<Instruction> Instructions { get; } = [];

    public ConcurrentQueue<PhaseMessage> Messages { get; } = [];

    /// <summary>What has arrived of a masked input.</summary>
    public MemoryStream Uploaded { get; } = new();

    /// <summary>Bytes of masked inputs that crossed the wire, also in vain.</summary>
    public long Arrived { get; set; }

    /// <summary>Lengths at which the connection is cut.</summary>
    public Queue<long> Cuts { get; } = [];

    public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set again by each poll that waits.</summary>
    public TaskCompletionSource Bell { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Wake() => Bell.TrySetResult();

    public ServerAddress Address { get; private set; } = new("127.0.0.1", 1);

    public KeyPin Pin => _key.Pin;

    public static async Task<TestCoordinator> StartAsync()
    {
        var coordinator = new TestCoordinator();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            var tls = coordinator.Tls();
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls) });
        }));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(coordinator);
        var app = builder.Build();
        app.MapGrpcService<EnrolmentScript>();
        app.MapGrpcService<StudiesScript>();
        app.MapGrpcService<RoundsScript>();
        await app.StartAsync();
        coordinator._app = app;
        coordinator.Address = new ServerAddress("127.0.0.1", new Uri(app.Urls.First()).Port);
        return coordinator;
    }

    public string Invite(KeyPin? pin = null, DateTimeOffset? expires = null)
    {
        using var invite = new Invite(Address, pin ?? Pin, "site-0", "Seoul General",
            InviteSecret.Create(RandomNumberGenerator.Create()),
            expires ?? TimeProvider.System.GetUtcNow().AddDays(1));
        return invite.Reveal();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        Authority.Dispose();
        _key.Dispose();
    }

    private SslServerAuthenticationOptions Tls()
    {
        var certificate = Authority.Issue(
            _key.PublicKey, CertificateRole.Server, "127.0.0.1", TimeProvider.System, TimeSpan.FromDays(1));
        return ServerTls.Options(_key.Attach(certificate), Authority.Certificate, TimeProvider.System);
    }
}
