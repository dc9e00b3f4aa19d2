using System.Text;
using FedMeta.Client.Agent;
using FedMeta.Client.Ledger;
using FedMeta.Client.Policy;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Client.Witness;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Witness;

/// <summary>A hospital that has approved a study and watches a scripted coordinator's ledger.</summary>
internal sealed class WitnessHospital : IDisposable
{
    public const string Id = "site-0";

    private static readonly DateTimeOffset FixedStart = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly MemoryStorage _disk = new();
    private readonly StudyDocument _document;

    public WitnessHospital(ScriptedLedger ledger, int members = 5)
    {
        Ledger = ledger;
        Others = [.. Enumerable.Range(1, members - 1).Select(_ => Identity.Create())];
        var all = new[] { Identity }.Concat(Others).Select((each, i) =>
            new StudyMember($"site-{i}", $"site-{i}", each.PublicKey));
        var document = _document = TestStudy.Resolve(all).Document;
        Study = document.Hash.ToString();
        Journal = HospitalJournal.Open(_disk, Id, TimeProvider.System);
        Journal.Record(FactTypes.Decided, new StudyDecided(Study, document.Terms.Name, true, "", "", 0, "",
            Encoding.UTF8.GetString(document.Canonical.Span)), FactShapes.Default.StudyDecided);
        Witness = NewWitness();
    }

    public ScriptedLedger Ledger { get; set; }

    public Identity Identity { get; } = Identity.Create();

    public IReadOnlyList<Identity> Others { get; }

    public string Study { get; }

    public HospitalJournal Journal { get; private set; }

    public LedgerWitness Witness { get; private set; }

    public HospitalPolicy Policy { get; set; } = new();

    public List<AgentEvent> Events { get; } = [];

    public string Evidence => Path.Combine(_folder.Path, "evidence");

    public IEnumerable<string> Facts => Journal.Records().Select(record => record.Type);

    public CoSigningState State => Journal.Ask(state => state.CoSigning);

    /// <summary>A new process over the same disk.</summary>
    public void Restart()
    {
        Witness.Dispose();
        Journal = HospitalJournal.Open(new MemoryStorage(_disk.ToArray()), Id, TimeProvider.System);
        Witness = NewWitness();
    }

    /// <summary>A masked input left.</summary>
    public BudgetSpent Spend(uint round, uint attempt = 1)
    {
        var entry = new LedgerEntry(Id, 2 * round, Sha256Digest.Of("the reserve"u8), 0, MerkleProof.EmptyRoot,
            LedgerEntryType.Spend, _document.Hash, (int)round, (int)attempt, LedgerTerms.Of(_document), 0,
            1000 * LedgerTerms.Of(_document).Rho, _document.InitialModel, Sha256Digest.Of("message"u8), "sampler",
            "random", Sha256Digest.Of("code"u8), FixedStart);
        var spent = new BudgetSpent(
            Study, round, attempt, "1", "1", Encoding.ASCII.GetString(entry.ToCanonicalJson()), "c2ln");
        Journal.Record(FactTypes.Spend, spent, FactShapes.Default.BudgetSpent);
        return spent;
    }

    /// <summary>A masked input left, and the coordinator has it.</summary>
    public BudgetSpent SpendAndTake(uint round)
    {
        var spent = Spend(round);
        Ledger.Take(Id, spent);
        Witness.Taken(Study, round, 1);
        return spent;
    }

    public Task LookAsync() => Witness.LookAsync(CancellationToken.None);

    public Task<RoundRejection?> ObjectionAsync() => Witness.ObjectionAsync(CancellationToken.None);

    /// <summary>The violation that the last look found; its files lie beside it and the agent may do nothing.</summary>
    public LedgerViolated Violation()
    {
        var fault = Assert.Throws<FedMetaException>(Witness.ThrowIfBroken);
        Assert.Equal(ExitCode.AuditFailed, fault.Code);
        var violation = State.Violation;
        Assert.NotNull(violation);
        Assert.Contains(violation.What, fault.What, StringComparison.Ordinal);
        Assert.Contains(Directory.GetFiles(Evidence), each => File.ReadAllText(each) == violation.Shown);
        return violation;
    }

    public void Dispose()
    {
        Witness.Dispose();
        Journal.Dispose();
        Identity.Dispose();
        foreach (var other in Others) other.Dispose();
        _folder.Dispose();
    }

    private LedgerWitness NewWitness() => new(new Passing(this), Journal, new MemberKeys(Journal), Identity, Id,
        Ledger.Key.Pin, new EvidenceFolder(Evidence, TimeProvider.System), () => Policy, Events.Add);

    // The coordinator may be another one at the next call.
    private sealed class Passing(WitnessHospital owner) : ILedgerServer
    {
        public Task<Protocol.V1.CheckpointReply> GetCheckpointAsync(
            Protocol.V1.CheckpointRequest request, CancellationToken stop) =>
            owner.Ledger.GetCheckpointAsync(request, stop);

        public Task<Protocol.V1.Ack> CoSignAsync(Protocol.V1.CoSignature signature, CancellationToken stop) =>
            owner.Ledger.CoSignAsync(signature, stop);
    }
}
