using System.Net;
using FedMeta.Protocol;
using Microsoft.Extensions.Logging;

namespace FedMeta.Server.Hosting;

/// <summary>server.toml, read and checked.</summary>
internal sealed record ServerConfiguration
{
    /// <summary>Where hospitals reach the coordinator.</summary>
    public required ServerAddress PublicAddress { get; init; }

    /// <summary>What it listens on.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>Port of the status page on loopback, or null.</summary>
    public int? DashboardPort { get; init; }

    /// <summary>How long an invite can be used.</summary>
    public TimeSpan InviteLifetime { get; init; } = ServerSettings.InviteLifetime.Default;

    /// <summary>How long a hospital's certificate is valid.</summary>
    public TimeSpan CertificateLifetime { get; init; } = ServerSettings.CertificateLifetime.Default;

    /// <summary>How long a running study waits without any event.</summary>
    public TimeSpan Patience { get; init; } = ServerSettings.Patience.Default;

    /// <summary>Most connections at a time.</summary>
    public int MaxConnections { get; init; } = (int)ServerSettings.MaxConnections.Default;

    /// <summary>Least severity of a log line.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Reads the home's server.toml; everything that is wrong is said at once.</summary>
    /// <exception cref="FedMetaException">Missing, unreadable or wrong.</exception>
    public static ServerConfiguration Load(ServerHome home)
    {
        var read = ConfigurationFile.Read(home.Configuration, ServerSettings.All);
        ConfigurationFile.ThrowIfAny(home.Configuration, read.Problems);
        if (!ServerAddress.TryParse(read.Get(ServerSettings.Address), out var address))
            throw new InvalidOperationException("the address was checked before");
        var dashboard = (int)read.Get(ServerSettings.DashboardPort);
        return new ServerConfiguration
        {
            PublicAddress = address,
            Listen = new IPEndPoint(IPAddress.Parse(read.Get(ServerSettings.Listen)), address.Port),
            DashboardPort = dashboard == 0 ? null : dashboard,
            InviteLifetime = read.Get(ServerSettings.InviteLifetime),
            CertificateLifetime = read.Get(ServerSettings.CertificateLifetime),
            Patience = read.Get(ServerSettings.Patience),
            MaxConnections = (int)read.Get(ServerSettings.MaxConnections),
            LogLevel = Enum.Parse<LogLevel>(read.Get(ServerSettings.LogLevel), ignoreCase: true),
        };
    }
}
