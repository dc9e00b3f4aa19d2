using System.Globalization;
using System.Text;
using FedMeta.Client.Studies;
using FedMeta.Client.Training;
using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Ledger;

/// <summary>
/// Verifies the hospital's own journal from its records alone: the chain (by opening it), every signature against the
/// key that stood in the journal at that time, and every figure, computed again from the documents that were approved.
/// </summary>
internal sealed class JournalAudit
{
    private readonly AuditedStudies _studies = new();
    private readonly EntryAudit _entries = new();
    private readonly BudgetAudit _budget = new();
    private readonly CheckpointAudit _checkpoints = new();
    private readonly ReceiptAudit _receipts;
    private byte[] _key = [];
    private int _decisions;
    private int _spends;

    private JournalAudit() => _receipts = new ReceiptAudit(_studies);

    /// <summary>Audits records whose chain holds.</summary>
    public static AuditOutcome Run(IReadOnlyList<JournalRecord> records)
    {
        var audit = new JournalAudit();
        foreach (var record in records)
        {
            if (audit.Check(record) is { } problem) return audit.Outcome(records.Count, record.Sequence, problem);
        }

        return audit.Outcome(records.Count, null, null);
    }

    /// <summary>Audits an exported journal: its chain, then everything else.</summary>
    /// <exception cref="FedMetaException">The file cannot be read, or holds a record that this version does not
    /// understand.</exception>
    public static AuditOutcome Run(string path)
    {
        var records = new List<JournalRecord>();
        var check = JournalFile.Verify(path, records.Add);
        var none = new AuditOutcome(records.Count, 0, 0, 0, check.WrongRecord, check.Problem);
        if (!check.IsIntact) return none;
        return check.First is 0 or 1
            ? Run(records)
            : none with { WrongRecord = check.First, Problem = "the journal does not begin with its first record" };
    }

    private AuditOutcome Outcome(int records, long? wrong, string? problem) =>
        new(records, _decisions, _spends, _receipts.Checked, wrong, problem);

    private string? Check(JournalRecord record)
    {
        switch (record.Type)
        {
            case FactTypes.Joined:
                return Check(record.Read(FactShapes.Default.ClientJoined));
            case FactTypes.Decided:
                _decisions++;
                return Check(record.Read(FactShapes.Default.StudyDecided), record.Actor);
            case FactTypes.Opened:
                return _budget.Open(record.Read(FactShapes.Default.BooksOpened));
            case FactTypes.Reserve:
                return Check(record.Read(FactShapes.Default.BudgetReserved), record.Actor);
            case FactTypes.Spend:
                _spends++;
                return Check(record.Read(FactShapes.Default.BudgetSpent), record.Actor);
            case FactTypes.Abort:
                return Check(record.Read(FactShapes.Default.BudgetAborted), record.Actor);
            case FactTypes.Grant:
                return Check(record, LedgerEntryType.Grant, out var grant) ?? _studies.Granted(grant);
            case FactTypes.Release:
                return Check(record, LedgerEntryType.Release, out var release) ?? Survivors(release);
            case FactTypes.Close:
                return Check(record, LedgerEntryType.Close, out var close) ?? _studies.Closed(close);
            case FactTypes.Adopted:
                _studies.Adopted(record.Read(FactShapes.Default.ModelAdopted));
                return null;
            case FactTypes.CoSigned:
                return _checkpoints.Problem(record.Read(FactShapes.Default.LedgerCoSigned), record.Actor, _key);
            case FactTypes.Trusted:
                _checkpoints.Trusted();
                return null;
            case FactTypes.Receipt:
                return _receipts.Problem(record.Read(FactShapes.Default.ReceiptKept), record.Actor);
            case FactTypes.Ended:
                return _receipts.Problem(record.Read(FactShapes.Default.RoundEnded));
            default:
                return null;
        }
    }

    private string? Check(ClientJoined joined)
    {
        if (!Base64Text.TryDecode(joined.Key, out var key)) return "the hospital's key is not base64";
        _key = key;
        _checkpoints.Joined(joined);
        return PublicKeys.IsValid(_key) ? null : "the hospital's key is no P-256 key";
    }

    private string? Check(StudyDecided decided, string actor)
    {
        var reading = StudyDocument.Read(Encoding.UTF8.GetBytes(decided.Document));
        if (reading.Value is not { } document) return "the document that was decided on is no study document";
        if (document.Hash.ToString() != decided.Study) return "the document does not have the hash that was decided on";
        if (document.Terms.Name != decided.Name) return "the decision gives the study another name than its document";
        if (decided.DecidedAt is < 0 or > 253402300799 || !ClientId.IsValid(actor)
            || !Base64Text.TryDecode(decided.Signature, out var signature))
            return "the decision's facts are out of their bounds";
        var decision = new StudyDecision(document.Hash, actor, decided.Approve, decided.Reason,
            DateTimeOffset.FromUnixTimeSeconds(decided.DecidedAt));
        if (!decision.Verify(_key, signature)) return "the decision is not signed with the hospital's key";
        _studies.Decided(decided);
        return null;
    }

    private string? Check(BudgetReserved reserved, string actor)
    {
        if (!_studies.IsApproved(reserved.Study)) return "an attempt is reserved for a study that is not approved";
        if (!_studies.IsGranted(reserved.Study)) return "an attempt is reserved for a study that was not granted";
        if (Entry(reserved.Study, reserved.Statement, reserved.Signature, LedgerEntryType.Reserve, actor,
            out var study, out var entry) is { } problem) return problem;
        if (!IsAttempt(entry, reserved.Round, reserved.Attempt) || entry.Model.ToString() != reserved.Model)
            return "the entry is about another attempt or model than its record";
        var seed = TaskSeed.Of(reserved.Study, actor, study.Demands.Unit, reserved.Round, reserved.Attempt);
        if (reserved.TaskSeed != seed.ToString(CultureInfo.InvariantCulture))
            return "the seed that cuts the rows into tasks is not that of the attempt";
        if (_budget.Reserve(reserved, study) is { } unsound) return unsound;
        _receipts.Reserved(reserved);
        return null;
    }

    private string? Check(BudgetSpent spent, string actor)
    {
        if (Entry(spent.Study, spent.Statement, spent.Signature, LedgerEntryType.Spend, actor,
            out var study, out var entry) is { } problem) return problem;
        if (!IsAttempt(entry, spent.Round, spent.Attempt)) return "the entry is about another attempt than its record";
        if (_budget.Spend(spent, study) is { } unsound) return unsound;
        _receipts.Spent(spent);
        _checkpoints.Spent(spent);
        return null;
    }

    private string? Check(BudgetAborted aborted, string actor)
    {
        if (Entry(aborted.Study, aborted.Statement, aborted.Signature, LedgerEntryType.Abort, actor,
            out _, out var entry) is { } problem) return problem;
        if (!IsAttempt(entry, aborted.Round, aborted.Attempt))
            return "the entry is about another attempt than its record";
        _budget.Abort(aborted);
        return null;
    }

    private string? Check(JournalRecord record, LedgerEntryType type, out LedgerEntry entry)
    {
        var written = record.Read(FactShapes.Default.EntryWritten);
        return Entry(written.Study, written.Statement, written.Signature, type, record.Actor, out _, out entry);
    }

    private string? Survivors(LedgerEntry release) =>
        _receipts.Included((release.Study.ToString(), (uint)release.Round, (uint)release.Attempt)) is { } included
        && included.Count == release.Survivors
            ? null
            : "the release does not have the survivors of the receipt that was kept";

    private string? Entry(
        string study,
        string statement,
        string signature,
        LedgerEntryType type,
        string actor,
        out VerifiedStudy verified,
        out LedgerEntry entry)
    {
        (verified, entry) = (_studies.Of(study)!, null!);
        return verified is null
            ? "the entry is about a study that was never approved, or whose document does not hold together"
            : _entries.Problem(statement, signature, type, study, verified, actor, _key, out entry)
                ?? _checkpoints.Problem(entry);
    }

    private static bool IsAttempt(LedgerEntry entry, uint round, uint attempt) =>
        (uint)entry.Round == round && (uint)entry.Attempt == attempt;
}
