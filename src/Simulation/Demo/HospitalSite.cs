using FedMeta.Simulation.Processes;

namespace FedMeta.Simulation.Demo;

/// <summary>
/// One hospital: its own home folder, its own data file, its own agent, all through <c>fedmeta-client</c>.
/// </summary>
internal sealed class HospitalSite(ProcessFamily processes, string name, string home, string data)
{
    public string Name { get; } = name;

    public string Home { get; } = home;

    public string Data { get; } = data;

    public HostProcess? Agent { get; private set; }

    /// <summary>Invite, join, approval: what takes two people and a phone call in a consortium.</summary>
    public async Task JoinAsync(Coordinator coordinator, CancellationToken cancel)
    {
        var (invite, clientId) = await coordinator.InviteAsync(Name, cancel);
        await processes.RunAsync(Executable.Client, ["join", "-", "--data", Data, "--home", Home], cancel,
            input: invite);
        await coordinator.ApproveAsync(clientId, cancel);
    }

    /// <summary>Sets a key of the hospital's own law.</summary>
    public void SetPolicy(string key, string value) => SettingsFile.Set(Path.Combine(Home, "policy.toml"), key, value);

    public Task ApproveStudyAsync(string study, CancellationToken cancel) =>
        RunAsync(["study", "approve", study], cancel);

    public void StartAgent() => Agent = processes.Start(Executable.Client, Name, ["run", "--home", Home]);

    public Task<string> RunAsync(string[] arguments, CancellationToken cancel) =>
        processes.RunAsync(Executable.Client, [.. arguments, "--home", Home], cancel);
}
