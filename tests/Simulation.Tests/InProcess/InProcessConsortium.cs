using System.Security.Cryptography;
using System.Text;
using FedMeta.Client.Agent;
using FedMeta.Client.Connection;
using FedMeta.Client.Enrolment;
using FedMeta.Client.Homes;
using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Protocol;
using FedMeta.Server.Enrolment;
using FedMeta.Server.Hosting;
using FedMeta.Server.Initialisation;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using FedMeta.Simulation.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace FedMeta.Simulation.Tests.InProcess;

/// <summary>A coordinator and the agents of many hospitals in one process, over TLS on loopback: the programs
/// themselves but for their command lines.</summary>
internal sealed class InProcessConsortium : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _agents = [];
    private readonly Dictionary<int, (Task Agent, CancellationTokenSource Stop)> _single = [];
    private ServerHost? _host;

    public FactJournal Journal => _host!.Services.GetRequiredService<FactJournal>();

    public List<ClientHome> Homes { get; } = [];

    public StudyEntry Study => Journal.State.Studies.Values.Single();

    public StudyPlan Plan => _host!.Services.GetRequiredService<StudyPlans>().Of(Study);

    public async Task StartAsync(int hospitals)
    {
        var port = LoopbackPort.Free();
        Assert.True(ServerAddress.TryParse($"127.0.0.1:{port}", out var address));
        ServerInitialiser.Run(Coordinator, address, TimeProvider.System);
        await ServeAsync();
        for (var i = 0; i < hospitals; i++) await JoinAsync(i);
    }

    /// <summary>Starts the coordinator again, over what the operator did to its folder.</summary>
    public async Task RestartAsync(Action meanwhile)
    {
        await _host!.DisposeAsync();
        meanwhile();
        await ServeAsync();
    }

    /// <summary>How each agent ended.</summary>
    public IReadOnlyList<Task> Agents => _agents;

    /// <summary>The coordinator's folder.</summary>
    public ServerHome Coordinator => ServerHome.In(_folder.File("coordinator"));

    /// <summary>Proposes the draft; every hospital reads, verifies and approves it, and starts its agent, but for the
    /// last <paramref name="away"/>.</summary>
    public async Task ProposeAsync(string draft, int away = 0)
    {
        var (document, problems) = _host!.Services.GetRequiredService<StudyDesk>()
            .Propose(Encoding.UTF8.GetBytes(draft));
        Assert.Empty(problems);
        foreach (var home in Homes) await ApproveAsync(home, document!.Hash);
        foreach (var home in Homes.SkipLast(away)) _agents.Add(Task.Run(() => AgentAsync(home, _stop.Token)));
    }

    /// <summary>Starts the agent of one hospital that was away.</summary>
    public void StartAgent(int hospital)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        _single[hospital] = (Task.Run(() => AgentAsync(Homes[hospital], stop.Token)), stop);
    }

    /// <summary>Stops the agent of one hospital, wherever it stands in a round.</summary>
    public async Task StopAgentAsync(int hospital)
    {
        var (agent, stop) = _single[hospital];
        _single.Remove(hospital);
        await stop.CancelAsync();
        await agent;
        stop.Dispose();
    }

    public async Task<StudyEntry> UntilOverAsync() =>
        (await UntilAsync(state => state.Studies.Values.Single().IsOver)).Studies.Values.Single();

    /// <summary>Waits until the journal says so; ends with the state that did.</summary>
    public async Task<CoordinatorState> UntilAsync(Func<CoordinatorState, bool> holds)
    {
        while (true)
        {
            var seen = Journal.State;
            if (holds(seen)) return seen;
            await Journal.ChangedSince(seen).WaitAsync(TimeSpan.FromMinutes(3));
        }
    }

    public async Task StopAgentsAsync()
    {
        await _stop.CancelAsync();
        foreach (var hospital in _single.Keys.ToList()) await StopAgentAsync(hospital);
        await Task.WhenAll(_agents);
        _agents.Clear();
    }

    /// <summary>Their ends were looked at.</summary>
    public void ForgetAgents() => _agents.Clear();

    public async ValueTask DisposeAsync()
    {
        await StopAgentsAsync();
        if (_host is not null) await _host.DisposeAsync();
        _stop.Dispose();
        _random.Dispose();
        _folder.Dispose();
    }

    private async Task ServeAsync()
    {
        _host = ServerHost.Build(
            Coordinator, ServerConfiguration.Load(Coordinator), TimeProvider.System, _random, _ => { });
        await _host.StartAsync(CancellationToken.None);
    }

    private async Task JoinAsync(int number)
    {
        var desk = _host!.Services.GetRequiredService<EnrolmentDesk>();
        var (invite, problem) = desk.Invite($"Hospital {number}");
        Assert.Null(problem);
        using (invite)
        {
            var home = ClientHome.At(_folder.File($"hospital-{number}"));
            var data = _folder.Write($"hospital-{number}.csv", Csv((ulong)number));
            await Joining.JoinAsync(home, invite!, data, "", TimeProvider.System, CancellationToken.None);
            Assert.Null(desk.Approve(invite!.ClientId));
            Homes.Add(home);
        }
    }

    private static async Task ApproveAsync(ClientHome home, Sha256Digest hash)
    {
        using var opened = OpenedHome.Open(home, TimeProvider.System);
        using var connection = ServerConnection.Of(opened.Settings, TimeProvider.System);
        var membership = new Membership(connection, home, opened.Identity, opened.Settings.ClientId,
            TimeProvider.System);
        await membership.RefreshAsync(CancellationToken.None);
        var inbox = new StudyInbox(connection);
        var document = await inbox.GetAsync(hash, CancellationToken.None);
        await inbox.DecideAsync(new StudyDecider(opened, TimeProvider.System).Approve(document, ""),
            CancellationToken.None);
    }

    private static async Task AgentAsync(ClientHome home, CancellationToken stop)
    {
        using var opened = OpenedHome.Open(home, TimeProvider.System);
        using var agent = new HospitalAgent(opened, TimeProvider.System, _ => { });
        await agent.RunAsync(stop);
    }

    private static string Csv(ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var text = new StringBuilder("age,chol,label\n");
        for (var i = 0; i < 40; i++)
        {
            var age = 50 + (10 * generator.NextNormal());
            var label = generator.NextUnit() < 1 / (1 + Math.Exp(-(age - 50) / 5)) ? 1 : 0;
            text.Append(FormattableString.Invariant($"{age:0.00},{220 + (60 * generator.NextNormal()):0.0},{label}\n"));
        }

        return text.ToString();
    }
}
