using System.Text;
using FedMeta.Protocol;

namespace FedMeta.Client.Ledger;

/// <summary>The newest entries of each study in this hospital's ledger, to which the next one is chained.</summary>
internal sealed class LedgerChain
{
    private readonly Dictionary<string, LedgerEntry> _tips = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LedgerEntry> _spends = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, uint, uint), LedgerEntry> _open = [];
    private readonly HashSet<string> _granted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);

    /// <summary>The newest entry of a study; null where there is none.</summary>
    public LedgerEntry? Tip(string study) => _tips.GetValueOrDefault(study);

    /// <summary>The newest spend of a study; null where there is none.</summary>
    public LedgerEntry? LastSpend(string study) => _spends.GetValueOrDefault(study);

    /// <summary>The reserve of an attempt that is neither spent nor aborted.</summary>
    public LedgerEntry? Reserve(string study, uint round, uint attempt) =>
        _open.GetValueOrDefault((study, round, attempt));

    /// <summary>Whether the newest decision on the study was entered as a grant.</summary>
    public bool IsGranted(string study) => _granted.Contains(study);

    /// <summary>Whether the study is over.</summary>
    public bool IsClosed(string study) => _closed.Contains(study);

    /// <summary>Takes the next record.</summary>
    public void Observe(JournalRecord record)
    {
        switch (record.Type)
        {
            case FactTypes.Decided:
                var decided = record.Read(FactShapes.Default.StudyDecided);
                if (!decided.Approve) _granted.Remove(decided.Study);
                break;
            case FactTypes.Reserve:
                var reserved = record.Read(FactShapes.Default.BudgetReserved);
                _open[(reserved.Study, reserved.Round, reserved.Attempt)] =
                    Enter(reserved.Study, reserved.Statement, record);
                break;
            case FactTypes.Spend:
                var spent = record.Read(FactShapes.Default.BudgetSpent);
                _open.Remove((spent.Study, spent.Round, spent.Attempt));
                _spends[spent.Study] = Enter(spent.Study, spent.Statement, record);
                break;
            case FactTypes.Abort:
                var aborted = record.Read(FactShapes.Default.BudgetAborted);
                _open.Remove((aborted.Study, aborted.Round, aborted.Attempt));
                Enter(aborted.Study, aborted.Statement, record);
                break;
            case FactTypes.Grant or FactTypes.Release or FactTypes.Close:
                var written = record.Read(FactShapes.Default.EntryWritten);
                Enter(written.Study, written.Statement, record);
                if (record.Type == FactTypes.Grant) _granted.Add(written.Study);
                if (record.Type == FactTypes.Close) _closed.Add(written.Study);
                break;
        }
    }

    private LedgerEntry Enter(string study, string statement, JournalRecord record) =>
        LedgerEntry.TryRead(Encoding.UTF8.GetBytes(statement), out var entry)
            ? _tips[study] = entry
            : throw new FedMetaException(
                ExitCode.JournalDamaged,
                $"journal record {record.Sequence} ({record.Type}) holds a ledger entry that cannot be read",
                "keep the folder for the audit and restore it from a backup");
}
