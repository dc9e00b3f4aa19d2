using System.Net;
using FedMeta.Protocol;

namespace FedMeta.Server.Hosting;

/// <summary>The keys of server.toml: their meaning, ranges and defaults stand here and in the reference page, nowhere
/// else.</summary>
internal static class ServerSettings
{
    /// <summary>Host and port in the invites.</summary>
    public static readonly TextSetting Address = new("", "address",
        "Where hospitals reach the coordinator: host or host:port", 262,
        accept: text => ServerAddress.TryParse(text, out _), form: "host name or address, and a port unless it is 443");

    /// <summary>Local address.</summary>
    public static readonly TextSetting Listen = new("", "listen",
        "Local address to listen on, with the port of address", 64,
        "0.0.0.0", text => IPAddress.TryParse(text, out _), "an IP address; 0.0.0.0 is all of IPv4, :: is everything");

    /// <summary>Loopback page.</summary>
    public static readonly IntegerSetting DashboardPort = new("", "dashboard_port",
        "Port of the read-only status page on 127.0.0.1; 0 turns it off", 0, 65535, 0);

    /// <summary>Invites.</summary>
    public static readonly DurationSetting InviteLifetime = new("", "invite_lifetime", "How long an invite can be used",
        TimeSpan.FromMinutes(5), TimeSpan.FromDays(60), TimeSpan.FromDays(7));

    /// <summary>Certificates.</summary>
    public static readonly DurationSetting CertificateLifetime = new("", "certificate_lifetime",
        "How long a hospital's certificate is valid; it renews itself at half of that", TimeSpan.FromHours(1),
        TimeSpan.FromDays(730), TimeSpan.FromDays(90));

    /// <summary>Idle studies.</summary>
    public static readonly DurationSetting Patience = new("", "patience",
        "How long a running study waits for enough hospitals before it ends partial", TimeSpan.FromSeconds(10),
        TimeSpan.FromDays(365), TimeSpan.FromDays(7));

    /// <summary>Connections.</summary>
    public static readonly IntegerSetting MaxConnections = new("", "max_connections",
        "Most connections at a time; more are refused", 8, 100_000, 1000);

    /// <summary>Log lines.</summary>
    public static readonly WordSetting LogLevel = new("", "log_level", "Least severity of a log line",
        ["debug", "information", "warning", "error"], "information");

    /// <summary>All of them.</summary>
    public static readonly SettingSet All = new("server.toml: the FedMeta coordinator", 25,
        [Address, Listen, DashboardPort, InviteLifetime, CertificateLifetime, Patience, MaxConnections, LogLevel]);
}
