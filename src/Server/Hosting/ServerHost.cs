using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FedMeta.Protocol;
using FedMeta.Server.Dashboard;
using FedMeta.Server.Enrolment;
using FedMeta.Server.Ledger;
using FedMeta.Server.Models;
using FedMeta.Server.Operator;
using FedMeta.Server.Reports;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FedMeta.Server.Hosting;

/// <summary>A running coordinator: the composition root. Nothing is read from the environment or from files but the
/// home's.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    // The longest message is a study document of 256 KiB or the shares for 256 peers.
    private const int MaxMessage = 1 << 20;

    // A certificate request of at most 4 KiB, its proof, and the frames around them.
    private const long MaxAnonymousBody = 16 << 10;

    private readonly WebApplication _app;
    private readonly FolderLock _lock;
    private readonly ServerConfiguration _configuration;

    private ServerHost(WebApplication app, FolderLock held, ServerConfiguration configuration)
    {
        _app = app;
        _lock = held;
        _configuration = configuration;
    }

    /// <summary>The services, for tests and simulations.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens with TLS; after the start.</summary>
    public IPEndPoint Endpoint => Bound(Uri.UriSchemeHttps)!;

    /// <summary>The status page; null if it is off.</summary>
    public IPEndPoint? DashboardEndpoint => Bound(Uri.UriSchemeHttp);

    /// <summary>Opens the home and prepares everything but the sockets.</summary>
    /// <exception cref="FedMetaException">Not initialised, in use, damaged, or a file that may not be read.</exception>
    public static ServerHost Build(ServerHome home, ServerConfiguration configuration, TimeProvider time,
        RandomNumberGenerator random, Action<ILoggingBuilder> logging)
    {
        home.RequireInitialised();
        var held = FolderLock.Take(home.Lock, "fedmeta serve");
        FactJournal? journal = null;
        CheckpointSigner? signer = null;
        try
        {
            signer = Signer(home);
            journal = FactJournal.OpenInitialised(home.Journal, time, signer);
            RequireSameKey(journal, signer);
            var authority = new ConsortiumCertificate(CertificateFiles.Load(home.AuthorityCertificate));
            var tls = ServerTls.Options(ServerCertificate(home), authority.Certificate, time);
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "fedmeta" });
            logging(builder.Logging);
            builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
            builder.WebHost.ConfigureKestrel(kestrel => Listening.Configure(kestrel, configuration, tls));
            builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(5));
            AddServices(builder.Services, home, configuration, time, random, journal, authority);
            builder.Services.AddSingleton(_ => signer!);
            builder.Services.AddGrpc(grpc =>
            {
                grpc.Interceptors.Add<FaultAnswers>();
                grpc.Interceptors.Add<Authorisation>();
                grpc.MaxReceiveMessageSize = MaxMessage;
                grpc.MaxSendMessageSize = MaxMessage;
            });
            // A compressed message is refused: what a small body expands to is not bounded by every version. Set last,
            // since the package fills an empty list after the options above.
            builder.Services.PostConfigure<GrpcServiceOptions>(grpc => grpc.CompressionProviders = []);
            return new ServerHost(Pipeline(builder.Build()), held, configuration);
        }
        catch
        {
            journal?.Dispose();
            signer?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Opens the sockets and takes up interrupted studies.</summary>
    /// <exception cref="FedMetaException">The port is in use, or the system forbids it.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        _app.Services.GetRequiredService<RoundCoordinator>().Recover();
        try
        {
            await _app.StartAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception fault) when (EnvironmentFaults.TryExplain(fault, AddressIn(fault)) is not null)
        {
            throw EnvironmentFaults.TryExplain(fault, AddressIn(fault))!;
        }
    }

    /// <summary>Runs until <paramref name="cancel"/>; a coordinator that broke is no success.</summary>
    public async Task WaitAsync(CancellationToken cancel)
    {
        await _app.WaitForShutdownAsync(cancel).ConfigureAwait(false);
        if (_app.Services.GetRequiredService<RoundCoordinator>().ExecuteTask is { IsFaulted: true } broken)
            await broken.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(atOnce.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }

    private static void AddServices(IServiceCollection services, ServerHome home, ServerConfiguration configuration,
        TimeProvider time, RandomNumberGenerator random, FactJournal journal, ConsortiumCertificate authority)
    {
        services.AddSingleton(home).AddSingleton(configuration).AddSingleton(time).AddSingleton(random)
            .AddSingleton(authority);
        services.AddSingleton(_ => journal);
        services.AddSingleton(_ => new ModelStore(home.Models));
        services.AddSingleton<EnrolmentDesk>().AddSingleton<StudyPlans>().AddSingleton<StudyDesk>();
        services.AddSingleton<Mailboxes>().AddSingleton<MaskedInputs>().AddSingleton<ModelStep>()
            .AddSingleton<RoundAnnouncer>();
        services.AddSingleton(p => new RoundServices(journal, p.GetRequiredService<Mailboxes>(),
            p.GetRequiredService<ModelStep>(),
            p.GetRequiredService<RoundAnnouncer>(), time, configuration.Patience));
        services.AddSingleton<RoundCoordinator>().AddHostedService(p => p.GetRequiredService<RoundCoordinator>());
        services.AddSingleton<LedgerDesk>();
        services.AddSingleton<StudySnapshots>().AddSingleton<ReportDesk>().AddSingleton<StatusPages>();
    }

    private static WebApplication Pipeline(WebApplication app)
    {
        // The status page listens without TLS on loopback alone; everything with TLS is gRPC.
        app.Use((context, next) =>
        {
            // Whoever shows no certificate has nothing longer to say than a request to join.
            if (context.Connection.ClientCertificate is null
                && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
                body.MaxRequestBodySize = MaxAnonymousBody;
            return next(context);
        });
        app.MapWhen(context => !context.Request.IsHttps,
            branch => branch.Run(context => context.RequestServices.GetRequiredService<StatusPages>()
                .ServeAsync(context)));
        app.MapGrpcService<EnrolmentService>();
        app.MapGrpcService<StudiesService>();
        app.MapGrpcService<RoundsService>();
        app.MapGrpcService<LedgerService>();
        app.MapGrpcService<OperatorService>();
        return app;
    }

    private static X509Certificate2 ServerCertificate(ServerHome home)
    {
        using var certificate = CertificateFiles.Load(home.ServerCertificate);
        using var identity = Identity.Load(home.ServerKey);
        return identity.Attach(certificate);
    }

    private static CheckpointSigner Signer(ServerHome home)
    {
        var key = Identity.Load(home.ServerKey);
        return new CheckpointSigner(key);
    }

    // Hospitals know one key; a ledger that another one signs would look to them like a rewritten one.
    private static void RequireSameKey(FactJournal journal, CheckpointSigner signer)
    {
        if (journal.State.Server!.ServerKey == signer.Pin.ToString())
            return;
        throw new FedMetaException(ExitCode.Configuration,
            "the coordinator's key is not the one that its journal begins with",
            "restore keys/ and journal/ from the same backup; no hospital would accept another key");
    }

    // Which of the two listeners it was stands in the message alone.
    private string AddressIn(Exception fault) =>
        _configuration.DashboardPort is { } port && fault.Message.Contains($"http://{IPAddress.Loopback}:{port}:",
            StringComparison.Ordinal)
            ? $"{IPAddress.Loopback}:{port} (dashboard_port)"
            : _configuration.Listen.ToString();

    private IPEndPoint? Bound(string scheme) => _app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()?.Addresses.Select(a => new Uri(a)).Where(a => a.Scheme == scheme)
        .Select(a => new IPEndPoint(IPAddress.Parse(a.IdnHost.Trim('[', ']')), a.Port)).FirstOrDefault();
}
