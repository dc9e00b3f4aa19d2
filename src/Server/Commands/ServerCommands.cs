using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Server.Hosting;
using FedMeta.Server.Initialisation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace FedMeta.Server.Commands;

/// <summary>`server init` and `serve`.</summary>
internal static class ServerCommands
{
    private static readonly Option<string> Host = new("--host")
    {
        Description = "Host name or address, with :PORT unless it is 443, that hospitals reach the coordinator by",
        Required = true,
        HelpName = "HOST[:PORT]",
    };

    private static readonly Option<bool> Install = new("--install")
    {
        Description = "Write the systemd unit instead of running",
    };

    /// <summary>server init.</summary>
    public static Command Branch() => CommandLine.Branch("server", "Set up a coordinator.", CommandLine.Leaf(
        "init", "Make the authority, the server's key, the operator's key, server.toml and the journal; once.",
        "fedmeta server init --host fl.example.org", [Host], InitAsync));

    /// <summary>serve.</summary>
    public static Command Serve() => CommandLine.Leaf("serve", "Run the coordinator until Ctrl-C.",
        "fedmeta serve --home ./coordinator",
        [Install], ServeAsync);

    private static Task<ExitCode> InitAsync(CommandScope scope, CancellationToken cancel)
    {
        if (!ServerAddress.TryParse(scope.Get(Host), out var address))
            throw new FedMetaException(ExitCode.Usage, "--host is not a host name or address",
                "for example: --host fl.example.org, or --host 10.0.0.5:8443");
        ServerInitialiser.Run(scope.Home, address, scope.Time);
        if (scope.Json)
        {
            scope.Out.WriteLine($"{{\"address\":{JsonSerializer.Serialize(address.ToString(), TextJson.Default.String)},\"server_pin\":\"{scope.Home.ServerPin()}\",\"configuration\":{JsonSerializer.Serialize(scope.Home.Configuration, TextJson.Default.String)}}}");
        }
        else
        {
            scope.Out.WriteLine($"coordinator {address} is ready in {scope.Home.StateFolder}");
            scope.Out.WriteLine($"  configuration   {scope.Home.Configuration}");
            scope.Out.WriteLine($"  authority key   {scope.Home.Consortium} (needed for approvals only; keep it offline between them)");
            scope.Out.WriteLine("next: fedmeta serve, then fedmeta client invite NAME");
        }

        return Task.FromResult(ExitCode.Ok);
    }

    private static async Task<ExitCode> ServeAsync(CommandScope scope, CancellationToken cancel)
    {
        if (scope.Get(Install))
            return SystemdUnit.Install(scope);
        scope.Home.RequireInitialised();
        var configuration = ServerConfiguration.Load(scope.Home);
        using var random = RandomNumberGenerator.Create();
        await using var host = ServerHost.Build(scope.Home, configuration, scope.Time, random, logging => logging
            .SetMinimumLevel(configuration.LogLevel)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddFilter("Grpc", LogLevel.Warning)
            .AddSimpleConsole(o =>
            {
                o.SingleLine = true;
                o.UseUtcTimestamp = true;
                o.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
                o.ColorBehavior = LoggerColorBehavior.Disabled;
            }));
        await host.StartAsync(cancel).ConfigureAwait(false);
        var dashboard = host.DashboardEndpoint is { } page ? $"http://{page}/" : "";
        scope.Out.WriteLine(scope.Json
            ? $"{{\"listening\":\"{host.Endpoint}\",\"dashboard\":\"{dashboard}\"}}"
            : $"listening on {host.Endpoint}{(dashboard.Length > 0 ? $"; status page {dashboard}" : "")}; Ctrl-C stops");
        scope.Out.Flush();
        await host.WaitAsync(cancel).ConfigureAwait(false);
        return ExitCode.Ok;
    }
}
