using System.Text.Json.Serialization;

namespace FedMeta.Protocol;

/// <summary>
/// What comes of two parties' checkpoints when they meet. Two different roots at one size, both signed by the ledger's
/// holder, prove a split view with nothing else in hand; for two sizes a journal has to show that the smaller one is
/// the beginning of the larger.
/// </summary>
/// <param name="Relation">How they stand to each other.</param>
/// <param name="What">The same in a sentence.</param>
public sealed record CheckpointComparison(CheckpointRelation Relation, string What)
{
    /// <summary>Whether nothing speaks against the ledger's holder, and everything for it was shown.</summary>
    [JsonIgnore]
    public bool Holds => Relation is CheckpointRelation.Same or CheckpointRelation.Consistent;

    /// <summary>Compares two files, and a journal's if one is named.</summary>
    /// <param name="a">One <c>.checkpoint</c> file.</param>
    /// <param name="b">The other.</param>
    /// <param name="journal">An exported journal, or null.</param>
    /// <param name="keys">Keys that may be the ledger's beside those in the journal; see
    /// <see cref="CheckpointFile.Read"/>.</param>
    /// <exception cref="FedMetaException">A file is missing or does not hold (41), or a key is (2).</exception>
    public static CheckpointComparison OfFiles(string a, string b, string? journal, IEnumerable<byte[]> keys)
    {
        var read = journal is null ? null : LedgerJournal.Read(journal);
        List<byte[]> known = [.. keys, .. read?.Keys ?? []];
        return Of(CheckpointFile.Read(a, known), CheckpointFile.Read(b, known), read);
    }

    /// <summary>The end of a command that compared.</summary>
    /// <exception cref="FedMetaException">Something speaks against the ledger's holder, or was not shown
    /// (41).</exception>
    public void ThrowUnlessHolds()
    {
        if (Holds) return;
        throw new FedMetaException(ExitCode.AuditFailed, What, Relation == CheckpointRelation.NotShown
            ? "ask for the coordinator's journal and name it with --journal"
            : "keep all files: the signatures under them prove it; tell the other hospitals");
    }

    /// <summary>Compares two checkpoints whose signatures were checked.</summary>
    /// <param name="a">One.</param>
    /// <param name="b">The other.</param>
    /// <param name="journal">The journal of the ledger, from whoever; null for none.</param>
    /// <exception cref="FedMetaException">They are of different ledgers (2).</exception>
    public static CheckpointComparison Of(CheckpointFile a, CheckpointFile b, LedgerJournal? journal = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Head.Origin != b.Head.Origin)
        {
            throw new FedMetaException(ExitCode.Usage,
                $"{a.Name} is of {a.Head.Origin} and {b.Name} of {b.Head.Origin}: two ledgers, not two views of one",
                "compare checkpoints of one coordinator");
        }

        if (a.Head.Size == b.Head.Size && a.Head.Root != b.Head.Root)
        {
            return new(CheckpointRelation.SplitView, $"split view: the holder of {a.Head.Origin} signed two different "
                + $"journals of {a.Head.Size} records, {a.Name} and {b.Name}");
        }

        if (journal is not null) return Against(journal, a, b);
        return a.Head.Size == b.Head.Size
            ? new(CheckpointRelation.Same, $"both are of the same journal of {a.Head.Size} records")
            : new(CheckpointRelation.NotShown, $"nothing shows that the {Math.Min(a.Head.Size, b.Head.Size)} records "
                + $"of one begin the {Math.Max(a.Head.Size, b.Head.Size)} of the other: a journal is needed");
    }

    private static CheckpointComparison Against(LedgerJournal journal, params ReadOnlySpan<CheckpointFile> files)
    {
        foreach (var file in files)
        {
            if (file.Head.Size > journal.Tree.Size)
            {
                return new(CheckpointRelation.Truncated, $"truncated: {journal.Name} has {journal.Tree.Size} records "
                    + $"and the holder of the ledger signed {file.Head.Size} in {file.Name}");
            }
        }

        var others = new List<string>();
        foreach (var file in files)
            if (!journal.Tree.Agrees(file.Head)) others.Add(file.Name);
        return others.Count == 0
            ? new(CheckpointRelation.Consistent, $"{journal.Name} holds both: one is the beginning of the other")
            : new(others.Count == files.Length ? CheckpointRelation.OtherJournal : CheckpointRelation.SplitView,
                others.Count == files.Length
                    ? $"another journal: neither checkpoint was signed over the records of {journal.Name}"
                    : $"split view: {journal.Name} is not the journal that was signed in {others[0]}, and is the one "
                        + "that was signed in the other; the holder of the ledger signed both");
    }
}
