using System.Globalization;
using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Ledger;

/// <summary>What the records of a hospital's journal add up to. Fed by the journal, one record at a time, in
/// order.</summary>
internal sealed class LedgerState
{
    private readonly Dictionary<string, StudyDecided> _decisions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (uint Round, uint Attempt)> _latest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ModelAdopted> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, uint, uint), Rho> _open = [];
    private readonly Dictionary<string, Rho> _rho = new(StringComparer.Ordinal);
    private readonly List<BudgetEntry> _budget = [];
    private readonly List<BudgetEntry> _own = [];
    private readonly List<SentRow> _sent = [];
    private readonly List<ReceiptRow> _receipts = [];

    /// <summary>How far the coordinator's journal was checked.</summary>
    public CoSigningState CoSigning { get; } = new();

    /// <summary>The newest entries of each study.</summary>
    public LedgerChain Chain { get; } = new();

    /// <summary>How the hospital joined; null before.</summary>
    public ClientJoined? Joined { get; private set; }

    /// <summary>Every line of the budget in the patient's charge, oldest first: what all studies cost
    /// together.</summary>
    public IReadOnlyList<BudgetEntry> Budget => _budget;

    /// <summary>The same lines in each study's own cost, for its unit and at its order.</summary>
    public IReadOnlyList<BudgetEntry> Own => _own;

    /// <summary>The order at which the budget over all studies is kept; null where no study that samples was
    /// entered.</summary>
    public BudgetOrder? Order { get; private set; }

    /// <summary>Everything that left, oldest first.</summary>
    public IReadOnlyList<SentRow> Sent => _sent;

    /// <summary>The receipts of all opened sums, oldest first.</summary>
    public IReadOnlyList<ReceiptRow> Receipts => _receipts;

    /// <summary>The newest decision on each document, in the order of the first.</summary>
    public IEnumerable<StudyDecided> Decisions => _decisions.Values;

    /// <summary>The newest decision on one document; null where there is none.</summary>
    public StudyDecided? Decision(string study) => _decisions.GetValueOrDefault(study);

    /// <summary>The newest model of a study that was fetched and checked; null where there is none.</summary>
    public ModelAdopted? Model(string study) => _models.GetValueOrDefault(study);

    /// <summary>The greatest round and attempt that was ever begun for a study; (0, 0) where none was.</summary>
    public (uint Round, uint Attempt) Latest(string study) => _latest.GetValueOrDefault(study);

    /// <summary>Whether the attempt is reserved and neither spent nor aborted.</summary>
    public bool IsOpen(string study, uint round, uint attempt) => _open.ContainsKey((study, round, attempt));

    /// <summary>rho for the study's own unit that was sent or is reserved.</summary>
    public Rho RhoOf(string study) => _rho.GetValueOrDefault(study);

    /// <summary>Takes the next record.</summary>
    public void Observe(JournalRecord record)
    {
        CoSigning.Observe(record);
        Chain.Observe(record);
        switch (record.Type)
        {
            case FactTypes.Joined:
                Joined = record.Read(FactShapes.Default.ClientJoined);
                break;
            case FactTypes.Decided:
                var decided = record.Read(FactShapes.Default.StudyDecided);
                _decisions[decided.Study] = decided;
                break;
            case FactTypes.Opened:
                Order ??= ReadOrder(record.Read(FactShapes.Default.BooksOpened).Order, record);
                break;
            case FactTypes.Reserve:
                Reserve(record.Read(FactShapes.Default.BudgetReserved));
                break;
            case FactTypes.Spend:
                var spent = record.Read(FactShapes.Default.BudgetSpent);
                _open.Remove((spent.Study, spent.Round, spent.Attempt));
                _budget.Add(Entry(BudgetEntryKind.Spend, spent.Study, spent.Round, spent.Attempt,
                    Cost(spent.Charge, record)));
                _own.Add(Entry(BudgetEntryKind.Spend, spent.Study, spent.Round, spent.Attempt,
                    Cost(spent.Rho, record)));
                break;
            case FactTypes.Abort:
                Abort(record.Read(FactShapes.Default.BudgetAborted));
                break;
            case FactTypes.Sent:
                _sent.Add(new SentRow(record.Time, record.Read(FactShapes.Default.MessageSent)));
                break;
            case FactTypes.Receipt:
                var kept = record.Read(FactShapes.Default.ReceiptKept);
                _receipts.Add(new ReceiptRow(record.Sequence, record.Time, kept));
                break;
            case FactTypes.Adopted:
                var adopted = record.Read(FactShapes.Default.ModelAdopted);
                _models[adopted.Study] = adopted;
                break;
        }

        void Reserve(BudgetReserved reserved)
        {
            _open[(reserved.Study, reserved.Round, reserved.Attempt)] = Cost(reserved.Rho, record);
            _latest[reserved.Study] = Later(Latest(reserved.Study), (reserved.Round, reserved.Attempt));
            _rho[reserved.Study] = RhoOf(reserved.Study) + Cost(reserved.Rho, record);
            _budget.Add(Entry(
                BudgetEntryKind.Reserve, reserved.Study, reserved.Round, reserved.Attempt,
                    Cost(reserved.Charge, record)));
            _own.Add(Entry(
                BudgetEntryKind.Reserve, reserved.Study, reserved.Round, reserved.Attempt,
                    Cost(reserved.Rho, record)));
        }
    }

    private void Abort(BudgetAborted aborted)
    {
        // An abort after a spend releases nothing; the filter knows that too.
        if (_open.Remove((aborted.Study, aborted.Round, aborted.Attempt), out var rho))
            _rho[aborted.Study] = RhoOf(aborted.Study).Less(rho);
        var entry = Entry(BudgetEntryKind.Abort, aborted.Study, aborted.Round, aborted.Attempt, Rho.Zero);
        _budget.Add(entry);
        _own.Add(entry);
    }

    private static (uint, uint) Later((uint, uint) a, (uint, uint) b) => a.CompareTo(b) >= 0 ? a : b;

    private static BudgetEntry Entry(BudgetEntryKind kind, string study, uint round, uint attempt, Rho cost) =>
        new(kind, study, round, checked((int)attempt), cost);

    private static BudgetOrder ReadOrder(string text, JournalRecord record) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var excess)
            && excess is >= 1 and <= 1L << 44
            ? BudgetOrder.FromExcess(excess)
            : throw new FedMetaException(
                ExitCode.JournalDamaged,
                $"journal record {record.Sequence} ({record.Type}) holds an order that is none",
                "keep the folder for the audit and restore it from a backup");

    private static Rho Cost(string text, JournalRecord record) => Rho.TryParse(text, out var rho)
        ? rho
        : throw new FedMetaException(
            ExitCode.JournalDamaged,
            $"journal record {record.Sequence} ({record.Type}) holds a cost that is no whole number",
            "keep the folder for the audit and restore it from a backup");
}
