using System.Text;
using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Ledger;

/// <summary>
/// Verifies the hospital's own journal from its records alone: the chain (by opening it), every signature against the
/// key that stood in the journal at that time, and every sum.
/// </summary>
internal sealed class JournalAudit
{
    private readonly Dictionary<string, Rho> _rho = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, uint, uint), Rho> _open = [];
    private byte[] _key = [];
    private int _decisions;
    private int _spends;
    private readonly ReceiptAudit _receipts = new();

    /// <summary>Audits records whose chain holds.</summary>
    public static AuditOutcome Run(IReadOnlyList<JournalRecord> records)
    {
        var audit = new JournalAudit();
        foreach (var record in records)
        {
            if (audit.Check(record) is { } problem)
                return new AuditOutcome(records.Count, audit._decisions, audit._spends, audit._receipts.Checked,
                    record.Sequence, problem);
        }

        return new AuditOutcome(records.Count, audit._decisions, audit._spends, audit._receipts.Checked, null, null);
    }

    /// <summary>Audits an exported journal: its chain, then everything else.</summary>
    /// <exception cref="FedMetaException">The file cannot be read, or holds a record that this version does not
    /// understand.</exception>
    public static AuditOutcome Run(string path)
    {
        var records = new List<JournalRecord>();
        var check = JournalFile.Verify(path, records.Add);
        if (!check.IsIntact) return new AuditOutcome(records.Count, 0, 0, 0, check.WrongRecord, check.Problem);
        return check.First is 0 or 1
            ? Run(records)
            : new AuditOutcome(records.Count, 0, 0, 0, check.First, "the journal does not begin with its first record");
    }

    private string? Check(JournalRecord record)
    {
        switch (record.Type)
        {
            case FactTypes.Joined:
                if (!Base64Text.TryDecode(record.Read(FactShapes.Default.ClientJoined).Key, out var key))
                    return "the hospital's key is not base64";
                _key = key;
                return PublicKeys.IsValid(_key) ? null : "the hospital's key is no P-256 key";
            case FactTypes.Decided:
                _decisions++;
                var decided = record.Read(FactShapes.Default.StudyDecided);
                _receipts.Decided(decided);
                return Check(decided, record.Actor);
            case FactTypes.Reserve:
                var reserved = record.Read(FactShapes.Default.BudgetReserved);
                if (!Rho.TryParse(reserved.Rho, out var rho)) return "the cost is no whole number";
                if (!_open.TryAdd((reserved.Study, reserved.Round, reserved.Attempt), rho))
                    return "the attempt was reserved before";
                _rho[reserved.Study] = _rho.GetValueOrDefault(reserved.Study) + rho;
                _receipts.Reserved(reserved);
                return null;
            case FactTypes.Spend:
                _spends++;
                var spent = record.Read(FactShapes.Default.BudgetSpent);
                _receipts.Spent(spent);
                return Check(spent, record.Actor);
            case FactTypes.Receipt:
                return _receipts.Problem(record.Read(FactShapes.Default.ReceiptKept), record.Actor);
            case FactTypes.Ended:
                return _receipts.Problem(record.Read(FactShapes.Default.RoundEnded));
            case FactTypes.Abort:
                var aborted = record.Read(FactShapes.Default.BudgetAborted);
                if (!_open.Remove((aborted.Study, aborted.Round, aborted.Attempt), out var released))
                    return "an attempt is released that was not reserved, or was spent";
                _rho[aborted.Study] = _rho[aborted.Study].Less(released);
                return null;
            default:
                return null;
        }
    }

    private string? Check(StudyDecided decided, string actor)
    {
        var reading = StudyDocument.Read(Encoding.UTF8.GetBytes(decided.Document));
        if (reading.Value is not { } document) return "the document that was decided on is no study document";
        if (document.Hash.ToString() != decided.Study) return "the document does not have the hash that was decided on";
        if (decided.DecidedAt is < 0 or > 253402300799 || !ClientId.IsValid(actor)
            || !Base64Text.TryDecode(decided.Signature, out var signature))
            return "the decision's facts are out of their bounds";
        var decision = new StudyDecision(document.Hash, actor, decided.Approve, decided.Reason,
            DateTimeOffset.FromUnixTimeSeconds(decided.DecidedAt));
        return decision.Verify(_key, signature)
            ? null
            : "the decision is not signed with the hospital's key";
    }

    private string? Check(BudgetSpent spent, string actor)
    {
        var statement = Encoding.UTF8.GetBytes(spent.Statement);
        if (!SpendStatement.TryRead(statement, out var read)) return "the spend statement cannot be read";
        if (!Base64Text.TryDecode(spent.Signature, out var signature) || !read.Verify(_key, signature))
            return "the spend statement is not signed with the hospital's key";
        if (!_open.Remove((spent.Study, spent.Round, spent.Attempt), out var reserved))
            return "an attempt is spent that was not reserved";
        if (read.ClientId != actor || read.Study.ToString() != spent.Study
            || read.Round != spent.Round
                || read.Attempt != spent.Attempt) return "the spend statement is about another attempt";
        if (read.Rho != reserved.Units
            || spent.Rho != reserved.ToString()) return "the cost differs from what was reserved";
        return read.Cumulative == _rho[spent.Study].Units
            ? null
            : $"the statement says {read.Cumulative} units so far and the journal adds up to {_rho[spent.Study]}";
    }
}
