using System.Security.Cryptography;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.SecureAgg;
using FedMeta.Server.Enrolment;
using FedMeta.Server.Hosting;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FedMeta.Server.Tests.Harness;

/// <summary>A coordinator on loopback with TLS, and scripted hospitals; time stands still until a test moves
/// it.</summary>
internal sealed class Federation : IAsyncDisposable
{
    public const int Size = 6;

    private readonly TestHome _home;

    private Federation(ManualTime time, TestHome home)
    {
        Time = time;
        _home = home;
        Host = null!;
        Plan = null!;
    }

    public ManualTime Time { get; }

    public ServerHome Home => _home.Home;

    public ErrorLog Log { get; } = new();

    /// <summary>The coordinator's, from its next start on.</summary>
    public RandomNumberGenerator Random { get; set; } = RandomNumberGenerator.Create();

    public ServerHost Host { get; private set; }

    public List<ScriptedClient> Clients { get; } = [];

    public StudyPlan Plan { get; private set; }

    public FactJournal Journal => Host.Services.GetRequiredService<FactJournal>();

    public EnrolmentDesk Desk => Host.Services.GetRequiredService<EnrolmentDesk>();

    public StudyEntry Study => Journal.State.Studies[Plan.Document.Hash.ToString()];

    public ServerAddress Address => new("127.0.0.1", Host.Endpoint.Port);

    public static async Task<Federation> StartAsync(string? parent = null)
    {
        var time = new ManualTime();
        var federation = new Federation(time, new TestHome(time, parent: parent));
        await federation.ServeAsync();
        return federation;
    }

    /// <summary>With members, an approved study, and every hospital connected.</summary>
    public static async Task<Federation> WithStudyAsync(byte[]? draft = null, string? parent = null, int size = Size)
    {
        var federation = await StartAsync(parent);
        for (var i = 0; i < size; i++)
            await federation.JoinAsync($"Hospital {i}");
        federation.Propose(draft ?? Drafts.Sound());
        foreach (var client in federation.Clients)
            Assert.True((await client.DecideAsync(federation.Plan)).Accepted);
        return federation;
    }

    /// <summary>The same among hundreds of hospitals, which the desk lets in without a word on the wire.</summary>
    public static async Task<Federation> AmongManyAsync(byte[] draft, int size)
    {
        var federation = await StartAsync();
        for (var i = 0; i < size; i++)
            federation.Admit($"Hospital {i:000}");
        federation.Propose(draft);
        foreach (var ack in await Task.WhenAll(federation.Clients.Select(c => c.DecideAsync(federation.Plan))))
            Assert.True(ack.Accepted, ack.Refusal);
        return federation;
    }

    public async Task ServeAsync()
    {
        var configuration = ServerConfiguration.Load(Home) with { Listen = new(System.Net.IPAddress.Loopback, 0) };
        Host = ServerHost.Build(Home, configuration, Time, Random,
            logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Information));
        await Host.StartAsync(CancellationToken.None);
    }

    /// <summary>Ends the coordinator without letting it finish anything, and starts another over the same
    /// folder.</summary>
    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        await ServeAsync();
        foreach (var client in Clients)
            client.Reconnect(Address);
    }

    public ScriptedClient NewClient(string id) => new(id, Address, Home.ServerPin(), Time);

    public async Task<ScriptedClient> JoinAsync(string name)
    {
        var (invite, problem) = Desk.Invite(name);
        Assert.Null(problem);
        using (invite)
        {
            var client = NewClient(invite!.ClientId);
            Assert.True((await client.EnrolAsync(invite)).Accepted);
            Assert.Null(Desk.Approve(client.Id));
            await client.UseCertificateAsync();
            Clients.Add(client);
            return client;
        }
    }

    private void Admit(string name)
    {
        var (invite, problem) = Desk.Invite(name);
        Assert.Null(problem);
        using (invite)
        {
            var client = NewClient(invite!.ClientId);
            Clients.Add(client);
            var request = client.Identity.CreateRequest(client.Id);
            var proof = EnrolmentProof.Compute(invite.Secret, client.Id, request);
            Assert.Null(Desk.Enrol(client.Id, request, proof, "0.1.0"));
            Assert.Null(Desk.Approve(client.Id));
            client.UseCertificate(Convert.FromBase64String(Journal.State.Clients[client.Id].Certificate), Address);
        }
    }

    public void Propose(byte[] draft)
    {
        var (document, problems) = Host.Services.GetRequiredService<StudyDesk>().Propose(draft);
        Assert.Empty(problems);
        Assert.NotNull(document);
        AdoptStudy();
    }

    /// <summary>Takes the one study on record as the federation's.</summary>
    public void AdoptStudy() =>
        Plan = Host.Services.GetRequiredService<StudyPlans>().Of(Journal.State.Studies.Values.Single());

    public uint[] Input(Func<int, uint> entry) => [.. Enumerable.Range(0, Plan.Mechanism.PaddedDimension)
        .Select(entry)];

    /// <summary>
    /// Plays one attempt. A hospital in <paramref name="vanish"/> does not answer from that phase on; the clock then
    /// goes to
    /// the deadline. The answer is the last instruction of those that stayed.
    /// </summary>
    public async Task<Instruction> PlayAsync(Func<ScriptedClient, uint[]> input,
        IReadOnlyDictionary<string, AggregationPhase>? vanish = null)
    {
        var alive = Clients.ToList();
        var starts = await Task.WhenAll(alive.Select(c => c.NextAsync()));
        var model = starts[0].Start.ModelHash;
        Instruction[] last = starts;
        foreach (var phase in Enum.GetValues<AggregationPhase>().Where(p => p != AggregationPhase.Ended))
        {
            var gone = alive.Where(c => vanish?.GetValueOrDefault(c.Id, AggregationPhase.Ended) == phase).ToList();
            var instructions = phase == AggregationPhase.AdvertiseKeys
                ? starts
                : await Task.WhenAll(alive.Select(c => c.NextAsync()));
            if (instructions[0].BodyCase == Instruction.BodyOneofCase.End)
                return instructions[0];
            var answers = alive.Zip(instructions).Where(p => !gone.Contains(p.First)).Select(p =>
                phase == AggregationPhase.AdvertiseKeys
                    ? p.First.BeginAsync(Plan, p.Second, input(p.First))
                    : p.First.AnswerAsync(Plan, p.Second, model)).ToList();
            foreach (var ack in await Task.WhenAll(answers))
                Assert.True(ack.Accepted, ack.Refusal);
            alive.RemoveAll(gone.Contains);
            if (gone.Count > 0)
                Time.Advance(Plan.Deadline);
        }

        last = await Task.WhenAll(alive.Select(c => c.NextAsync()));
        return last[0];
    }

    /// <summary>Waits until the journal says so; ends with the state that did.</summary>
    public async Task<CoordinatorState> UntilAsync(Func<CoordinatorState, bool> holds)
    {
        while (true)
        {
            var seen = Journal.State;
            if (holds(seen))
                return seen;
            await Journal.ChangedSince(seen).WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in Clients)
            client.Dispose();
        await Host.DisposeAsync();
        _home.Dispose();
    }
}
