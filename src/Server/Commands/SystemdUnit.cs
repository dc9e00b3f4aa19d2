using System.Text;
using FedMeta.Protocol;

namespace FedMeta.Server.Commands;

/// <summary>`serve --install`: a service that starts with the machine, as an unprivileged user, with little to reach. The
/// unit is the one of deploy/systemd, for this program and this home.</summary>
internal static class SystemdUnit
{
    private const string Target = "/etc/systemd/system/fedmeta.service";

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
        var (state, configuration) = (scope.Home.StateFolder, scope.Home.ConfigurationFolder);
        DurableFile.Write(Target, Encoding.UTF8.GetBytes(Text(program, state, configuration)));
        scope.Out.WriteLine($"wrote {Target}; it runs as the user fedmeta, who must own {state}");
        scope.Out.WriteLine("next: systemctl enable --now fedmeta");
        return ExitCode.Ok;
    }

    /// <summary>The shipped unit with this program and these folders; how to install it by hand is left out.</summary>
    public static string Text(string program, string state, string configuration)
    {
        var home = state == configuration ? $" --home {state}" : "";
        using var resource = typeof(SystemdUnit).Assembly.GetManifestResourceStream("fedmeta.service")
            ?? throw new InvalidOperationException("the unit is not in the program");
        using var reader = new StreamReader(resource);
        var text = new StringBuilder();
        var begun = false;
        while (reader.ReadLine() is { } line)
        {
            begun |= line.StartsWith('[');
            if (!begun || line.StartsWith("StateDirectoryMode=", StringComparison.Ordinal)) continue;
            text.Append(line switch
            {
                _ when line.StartsWith("ExecStart=", StringComparison.Ordinal) => $"ExecStart={program} serve{home}",
                _ when line.StartsWith("StateDirectory=", StringComparison.Ordinal) => $"ReadWritePaths={state}",
                _ => line,
            }).Append('\n');
        }

        return text.ToString();
    }
}
