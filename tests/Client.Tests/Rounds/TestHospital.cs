using System.Security.Cryptography;
using System.Text;
using FedMeta.Client.Agent;
using FedMeta.Client.Budget;
using FedMeta.Client.Data;
using FedMeta.Client.Ledger;
using FedMeta.Client.Models;
using FedMeta.Client.Noise;
using FedMeta.Client.Policy;
using FedMeta.Client.SiteStates;
using FedMeta.Client.Studies;
using FedMeta.Client.Training;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>A hospital with its own folder, key, policy, data and journal, without a network.</summary>
internal sealed class TestHospital : IDisposable
{
    public const string Canary = "CANARY-4711";

    private readonly TemporaryFolder _folder = new();
    private HospitalBudget _budget = null!;

    public TestHospital(string id, ulong seed, Dictionary<Sha256Digest, byte[]> models, Func<DateTimeOffset> now)
    {
        Id = id;
        Identity = Identity.Create();
        Server = new ScriptedServer(models);
        Time = new SetTime(now);
        DataFile = _folder.File("cohort.csv", TestStudy.Csv(60, seed, Canary));
        PolicyFilePath = _folder.File("policy.toml", PolicyFile.Compose());
        Restart();
    }

    public string Id { get; }

    public Identity Identity { get; }

    public ScriptedServer Server { get; }

    public SetTime Time { get; }

    public string DataFile { get; }

    public string PolicyFilePath { get; }

    public string ModelsPath => Path.Combine(_folder.Path, "models");

    public string StatesPath => Path.Combine(_folder.Path, "site-states");

    public HospitalJournal Journal { get; private set; } = null!;

    public RoundParticipant Participant { get; private set; } = null!;

    public NoisePool Noises { get; private set; } = null!;

    /// <summary>How noise is drawn.</summary>
    public Func<MechanismPlan, RandomNumberGenerator, CancellationToken, NoiseShare> Draw { get; set; } =
        NoiseShare.Draw;

    /// <summary>What trains; taken at <see cref="Restart()"/>.</summary>
    public EngineChoice Engine { get; set; } = new(ManagedEngine.Instance, "for tests", _ => null);

    public List<AgentEvent> Events { get; } = [];

    public StudyMember Member => new(Id, Id, Identity.PublicKey);

    public string JournalText => string.Concat(
        Directory.GetFiles(Path.Combine(_folder.Path, "journal"), "*.jsonl").Select(File.ReadAllText));

    public IReadOnlyList<string> Facts => [.. Journal.Records().Select(record => record.Type)];

    /// <summary>A new process over the same folder; the old one died without a word.</summary>
    public void Restart() => Restart(HospitalJournal.Open(Path.Combine(_folder.Path, "journal"), Id, Time));

    /// <summary>A new process over another disk.</summary>
    public void Restart(HospitalJournal journal)
    {
        Journal?.Dispose();
        Journal = journal;
        if (Journal.Ask(state => state.Joined) is null)
        {
            Journal.Record(FactTypes.Joined, new ClientJoined(Id, "x", "y", Convert.ToBase64String(Identity.PublicKey)),
                FactShapes.Default.ClientJoined);
        }

        var budget = _budget = new HospitalBudget(Journal, Entries);
        var studies = new ApprovedStudies(Journal, PolicyFilePath, Id, Identity.PublicKey);
        var random = RandomNumberGenerator.Create();
        Noises = new NoisePool((plan, stop) => Draw(plan, random, stop));
        Participant = new RoundParticipant(Server, Id, Journal, budget,
            new RoundEntry(Journal, budget, studies, Id, Time),
            new RoundInput(Server, Identity, Id, new SiteFile(DataFile, Id), Engine, Noises,
                new SiteStateFolder(StatesPath), random, Time),
            Noises, new NoWitness(), new ModelFolder(ModelsPath), Time, Events.Add);
    }

    public EntryWriter Entries => new(Identity, Id, Time);

    public void Decide(StudyDocument document, bool approve = true)
    {
        var decision = new StudyDecision(document.Hash, Id, approve, "",
            DateTimeOffset.FromUnixTimeSeconds(Time.GetUtcNow().ToUnixTimeSeconds()));
        Journal.Record(
            FactTypes.Decided,
            new StudyDecided(document.Hash.ToString(), document.Terms.Name, approve, "", "",
                decision.DecidedAt.ToUnixTimeSeconds(), Convert.ToBase64String(decision.Sign(Identity)),
                Encoding.UTF8.GetString(document.Canonical.Span)),
            FactShapes.Default.StudyDecided);
        if (approve) _budget.Grant(document.Hash, LedgerTerms.Of(document), document.InitialModel);
    }

    /// <summary>Asserts that the last thing it said was that it leaves, and that its journal and its screen say so;
    /// the newest record of a refusal.</summary>
    public RoundRefused Refused(string word)
    {
        Assert.Equal(word, Server.Withdrawal?.Reason);
        var record = Journal.Records().Last(each => each.Type == FactTypes.Refused);
        var fact = record.Read(FactShapes.Default.RoundRefused);
        Assert.Equal(word, fact.Refusal);
        Assert.Contains(Events, each => each.Kind == AgentEventKind.Refused);
        return fact;
    }

    public void Dispose()
    {
        Participant.Dispose();
        Noises.Dispose();
        Journal.Dispose();
        Identity.Dispose();
        _folder.Dispose();
    }
}
