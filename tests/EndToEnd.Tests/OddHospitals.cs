using FedMeta.Simulation.Demo;
using FedMeta.Simulation.Processes;
using FedMeta.Tests.Support;

namespace FedMeta.EndToEnd.Tests;

/// <summary>
/// A consortium in which most hospitals' data are odd, each in its own way, and its two studies of one round: one that
/// classifies, and one by squared error with so many steps that they diverge where the inputs are far off.
/// </summary>
public sealed class OddHospitals : IAsyncLifetime
{
    internal const string Study = "heart";
    internal const string Diverging = "diverging";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly Dictionary<string, HospitalSite> _sites = [];
    private readonly Dictionary<string, Transcript> _agents = [];

    internal Workplace Place { get; } = new();

    /// <summary>What every hospital was told when it approved the study.</summary>
    internal Dictionary<string, CommandResult> Told { get; } = [];

    internal StudyView Last { get; private set; } = null!;

    internal StudyView LastDiverging { get; private set; } = null!;

    internal HospitalSite Site(string name) => _sites[name];

    /// <summary>What an agent said until its studies ended.</summary>
    internal string Said(string name) => string.Join('\n', _agents[name].Lines);

    public async Task InitializeAsync()
    {
        await Place.Coordinator.StartAsync(Never);
        string[] five = ["plain-a", "plain-b", "wrong-unit", "one-class", "constant-column"];
        await JoinAsync(five);
        await Place.Coordinator.ProposeAsync(
            Draft(Diverging, "linear", 4, "inner_rate = 0.1\ninner_steps = 100"), Never);
        await JoinAsync("empty-column", "one-nan", "no-values", "five-patients");
        await Place.Coordinator.ProposeAsync(Draft(Study, "logistic", 6), Never);
        await Parallel.ForEachAsync(_sites.Values, Two, async (site, stop) =>
        {
            if (five.Contains(site.Name)) await site.ApproveStudyAsync(Diverging, stop);
            var told = await Place.ClientAsync("study", "approve", Study, "--home", site.Home);
            lock (Told) Told[site.Name] = told;
            // The others spoil their files after the approval, as an export overnight would.
            if (site.Name == "one-nan")
                Write(site.Data, (i, cells) => i == 3 ? cells with { Age = "NaN" } : cells);
            if (site.Name == "no-values") Write(site.Data, (_, cells) => cells with { Age = "?", Chol = "" });
            if (site.Name != "five-patients") StartAgent(site);
        });
        // A study starts when every member has decided; a round, when every hospital that approved is there.
        await Site("five-patients").RunAsync(["study", "refuse", Study, "--reason", "five patients"], Never);
        using var patience = new CancellationTokenSource(Patience);
        await Task.WhenAll(
            Place.Coordinator.Watch(Study, view => Last = view).WaitAsync(patience.Token),
            Place.Coordinator.Watch(Diverging, view => LastDiverging = view).WaitAsync(patience.Token));
        foreach (var (name, agent) in _agents)
        {
            await agent.LineAsync($"{Study}: the study ended").WaitAsync(patience.Token);
            if (five.Contains(name)) await agent.LineAsync($"{Diverging}: the study ended").WaitAsync(patience.Token);
        }
    }

    public async Task DisposeAsync() => await Place.DisposeAsync();

    private static ParallelOptions Two => new() { MaxDegreeOfParallelism = 2 };

    private async Task JoinAsync(params string[] names)
    {
        foreach (var name in names)
        {
            var data = Place.At($"{name}.csv");
            Write(data, name switch
            {
                "one-class" => (_, cells) => cells with { Label = "1" },
                "constant-column" => (_, cells) => cells with { Chol = "230" },
                "empty-column" => (_, cells) => cells with { Age = "" },
                "wrong-unit" => (i, cells) => cells with { Age = $"{1_000_000_000 + i}", Chol = $"-{1_000_000 + i}" },
                _ => (_, cells) => cells,
            }, name == "five-patients" ? 5 : 60);
            _sites[name] = Place.Hospital(name, data);
        }

        await Parallel.ForEachAsync(names, Two, async (name, stop) =>
            await _sites[name].JoinAsync(Place.Coordinator, stop));
    }

    private void StartAgent(HospitalSite site)
    {
        var transcript = new Transcript();
        lock (_agents) _agents[site.Name] = transcript;
        Place.Processes.Start(Executable.Client, site.Name, ["run", "--home", site.Home], transcript.Add);
    }

    private string Draft(string name, string kind, int threshold, string meta = "")
    {
        var file = Place.At($"{name}.toml");
        File.WriteAllText(file, SmallStudy.Draft(tasks: 40, rounds: 1, "2m")
            .Replace("name = \"heart\"", $"name = \"{name}\"", StringComparison.Ordinal)
            .Replace("kind = \"logistic\"", $"kind = \"{kind}\"", StringComparison.Ordinal)
            .Replace("threshold = 4", $"threshold = {threshold}", StringComparison.Ordinal)
            .Replace("min_peers = 5", $"min_peers = {Math.Max(5, threshold)}", StringComparison.Ordinal)
            .Replace("shots = 2", $"shots = 2\n{meta}", StringComparison.Ordinal));
        return file;
    }

    private static void Write(string file, Func<int, Cells, Cells> odd, int rows = 60)
    {
        var lines = Enumerable.Range(0, rows).Select(i =>
        {
            var (age, chol) = (30 + i * 7 % 41, 160 + i * 37 % 121);
            var (a, c, label) = odd(i, new Cells($"{age}", $"{chol}", age + i % 5 * 6 > 62 ? "1" : "0"));
            return $"{a},{c},{label}";
        });
        File.WriteAllText(file, string.Join('\n', (string[])["age,chol,label", .. lines]) + "\n");
    }

    private sealed record Cells(string Age, string Chol, string Label);
}
