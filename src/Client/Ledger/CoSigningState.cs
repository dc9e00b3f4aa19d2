using System.Text;
using FedMeta.Protocol;

namespace FedMeta.Client.Ledger;

/// <summary>How far this hospital has checked the coordinator's journal, from the hospital's own records.</summary>
internal sealed class CoSigningState
{
    private readonly List<OwnSpend> _unseen = [];
    private readonly HashSet<string> _approved = new(StringComparer.Ordinal);

    /// <summary>The checkpoint that was signed last; null where none is relied on.</summary>
    public SignedCheckpoint? Last { get; private set; }

    /// <summary>What an honest coordinator never does, and nobody has decided about yet; null for nothing.</summary>
    public LedgerViolated? Violation { get; private set; }

    /// <summary>Whose signatures stood under the last checkpoint but one.</summary>
    public IReadOnlyList<string> Others { get; private set; } = [];

    /// <summary>Masked inputs that left since a checkpoint was signed.</summary>
    public int Unwitnessed { get; private set; }

    /// <summary>Own spends that were not yet seen in the coordinator's tree, oldest first.</summary>
    public IReadOnlyList<OwnSpend> Unseen => _unseen;

    /// <summary>Whether there is anything that a checkpoint could be held against.</summary>
    public bool TakesPart => _approved.Count > 0;

    /// <summary>Takes the next record.</summary>
    public void Observe(JournalRecord record)
    {
        switch (record.Type)
        {
            case FactTypes.Decided:
                var decided = record.Read(FactShapes.Default.StudyDecided);
                if (decided.Approve) _approved.Add(decided.Study);
                break;
            case FactTypes.Spend:
                var spent = record.Read(FactShapes.Default.BudgetSpent);
                _unseen.Add(new OwnSpend(spent.Study, spent.Round, spent.Attempt, spent.Statement, spent.Signature));
                Unwitnessed++;
                break;
            case FactTypes.Receipt:
                var kept = record.Read(FactShapes.Default.ReceiptKept);
                var at = _unseen.FindIndex(each => each.Is(kept.Study, kept.Round, kept.Attempt));
                if (at >= 0) _unseen[at] = _unseen[at] with { WasTaken = true };
                break;
            case FactTypes.CoSigned:
                Signed(record.Read(FactShapes.Default.LedgerCoSigned), record);
                break;
            case FactTypes.Violated:
                Violation = record.Read(FactShapes.Default.LedgerViolated);
                break;
            case FactTypes.Trusted:
                (Violation, Last, Others, Unwitnessed) = (null, null, [], 0);
                _unseen.Clear();
                break;
        }
    }

    private void Signed(LedgerCoSigned fact, JournalRecord record)
    {
        if (!Checkpoint.TryRead(Encoding.UTF8.GetBytes(fact.Note), out var note, out var head))
        {
            throw new FedMetaException(ExitCode.JournalDamaged,
                $"journal record {record.Sequence} ({record.Type}) holds no checkpoint",
                "keep the folder for the audit and restore it from a backup");
        }

        Last = new SignedCheckpoint(head, note, fact.Key, record.Sequence);
        Others = fact.Others;
        Unwitnessed = 0;
        _unseen.RemoveAll(each => fact.Spends.Any(seen => each.Is(seen.Study, seen.Round, seen.Attempt)));
    }
}
