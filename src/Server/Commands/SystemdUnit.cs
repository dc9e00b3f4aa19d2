using System.Text;
using FedMeta.Protocol;

namespace FedMeta.Server.Commands;

/// <summary>`serve --install`: a service that starts with the machine, as an unprivileged user, with little to
/// reach.</summary>
internal static class SystemdUnit
{
    private const string Path = "/etc/systemd/system/fedmeta.service";

    /// <summary>Writes the unit.</summary>
    public static ExitCode Install(CommandScope scope)
    {
        scope.Home.RequireInitialised();
        if (!OperatingSystem.IsLinux())
        {
            throw new FedMetaException(ExitCode.Usage, "--install writes a systemd unit, and this system has none",
                "run fedmeta serve under the system's own service manager");
        }

        var program = Environment.ProcessPath ?? throw new InvalidOperationException("the process has no path");
        DurableFile.Write(Path, Encoding.UTF8.GetBytes(Text(program, scope.Home.StateFolder,
            scope.Home.ConfigurationFolder)));
        scope.Out.WriteLine($"wrote {Path}; next: systemctl enable --now fedmeta");
        return ExitCode.Ok;
    }

    /// <summary>The unit's text.</summary>
    public static string Text(string program, string state, string configuration)
    {
        var home = state == configuration ? $" --home {state}" : "";
        return $"""
            [Unit]
            Description=FedMeta coordinator
            After=network-online.target
            Wants=network-online.target

            [Service]
            ExecStart={program} serve{home}
            User=fedmeta
            Restart=on-failure
            AmbientCapabilities=CAP_NET_BIND_SERVICE
            CapabilityBoundingSet=CAP_NET_BIND_SERVICE
            NoNewPrivileges=yes
            ProtectSystem=strict
            ProtectHome=yes
            PrivateTmp=yes
            PrivateDevices=yes
            ProtectKernelTunables=yes
            ProtectKernelModules=yes
            ProtectControlGroups=yes
            RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
            RestrictNamespaces=yes
            LockPersonality=yes
            SystemCallArchitectures=native
            UMask=0077
            LimitCORE=0
            ReadWritePaths={state}

            [Install]
            WantedBy=multi-user.target

            """;
    }
}
