using System.Globalization;
using System.Text.Json.Nodes;
using FedMeta.Protocol;
using FedMeta.Simulation.Processes;

namespace FedMeta.Simulation.Demo;

/// <summary>The coordinator's machine: its host and its operator's commands, all through <c>fedmeta</c>.</summary>
internal sealed class Coordinator(ProcessFamily processes, string home)
{
    private HostProcess? _host;

    public string Home { get; } = home;

    public int Port { get; private set; }

    /// <summary>Makes the consortium, and starts the host on a free port of this machine's loopback.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        Port = LoopbackPort.Free();
        await RunAsync(["server", "init", "--host", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}")],
            cancel);
        SettingsFile.Set(Path.Combine(Home, "server.toml"), "listen", "\"127.0.0.1\"");
        var listening = new TaskCompletionSource();
        _host = processes.Start(Executable.Server, "coordinator", ["serve", "--json", "--home", Home], line =>
        {
            if (line.Contains("\"listening\"", StringComparison.Ordinal)) listening.TrySetResult();
        });
        var ended = _host.WaitAsync(cancel);
        if (await Task.WhenAny(listening.Task, ended) == ended)
        {
            await ended;
            throw new FedMetaException(ExitCode.Unexpected, $"the coordinator ended with {_host.ExitCode} before it "
                + $"listened",
                "see coordinator.log in the logs folder");
        }
    }

    /// <summary>The one line that a hospital joins with, and its id.</summary>
    public async Task<(string Invite, string ClientId)> InviteAsync(string name, CancellationToken cancel)
    {
        var reply = JsonNode.Parse(await RunAsync(["client", "invite", name, "--json"], cancel, secret: true))!;
        return (reply["invite"]!.GetValue<string>(), reply["client_id"]!.GetValue<string>());
    }

    public Task ApproveAsync(string clientId, CancellationToken cancel) =>
        RunAsync(["client", "approve", clientId], cancel);

    /// <summary>Publishes the study; the answer is the hash of the document that every hospital will sign.</summary>
    public async Task<string> ProposeAsync(string file, CancellationToken cancel, string? probe = null)
    {
        string[] checks = probe is null ? [] : ["--probe", probe];
        var reply = JsonNode.Parse(await RunAsync(["study", "propose", file, .. checks, "--json"], cancel))!;
        return Convert.ToHexStringLower(Convert.FromBase64String(reply["study_hash"]!.GetValue<string>()));
    }

    /// <summary>Follows the study until it ends; the host's exit code says how.</summary>
    public HostProcess Watch(string study, Action<StudyView> onChange) =>
        processes.Start(Executable.Server, "watch", ["study", "watch", study, "--json", "--home", Home], line =>
        {
            if (StudyView.TryRead(line, out var view)) onChange(view);
        });

    public Task<string> RunAsync(string[] arguments, CancellationToken cancel, bool secret = false) =>
        processes.RunAsync(Executable.Server, [.. arguments, "--home", Home], cancel, secret: secret);
}
