using FedMeta.Simulation.Demo;
using FedMeta.Simulation.Processes;
using FedMeta.Tests.Support;

namespace FedMeta.EndToEnd.Tests;

/// <summary>A folder for one test, and every process that it started; both are gone when the test is.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fedmeta-e2e-");

    public Workplace()
    {
        Processes = new ProcessFamily(Path.Combine(Folder, "logs"), TimeProvider.System);
        Coordinator = new Coordinator(Processes, At("coordinator"));
    }

    public string Folder => _folder.FullName;

    public ProcessFamily Processes { get; }

    public Coordinator Coordinator { get; }

    public string At(string name) => Path.Combine(Folder, name);

    public HospitalSite Hospital(string name, string? data = null) =>
        new(Processes, name, At(name), data ?? CheckoutFolder.At($"samples/hospitals/{name}.csv"));

    public Task<CommandResult> ServerAsync(params string[] arguments) =>
        Processes.TryAsync(Executable.Server, arguments, CancellationToken.None);

    public Task<CommandResult> ClientAsync(params string[] arguments) =>
        Processes.TryAsync(Executable.Client, arguments, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Processes.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
