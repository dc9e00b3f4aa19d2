using FedMeta.Protocol;
using FedMeta.Server.Ledger;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.State;

/// <summary>
/// The journal together with the state that its records give. The journal is the only truth: what is not in it did not
/// happen, and a restart knows exactly what stands there. Safe for use by several threads.
/// </summary>
internal sealed class FactJournal : IDisposable
{
    /// <summary>The actor of what the coordinator does by itself.</summary>
    public const string ServerActor = "server";

    /// <summary>The actor of what the operator asks for.</summary>
    public const string OperatorActor = "operator";

    private readonly Journal _journal;
    private readonly TimeProvider _time;
    private readonly CheckpointSigner? _signer;
    private readonly JournalTree _tree = new();
    private volatile StateAtHead _current = new(CoordinatorState.Empty, default);
    private volatile TaskCompletionSource _change = NewChange();

    private FactJournal(Func<Action<JournalRecord>, Journal> open, TimeProvider time, CheckpointSigner? signer)
    {
        (_time, _signer) = (time, signer);
        _journal = open(Observe);
    }

    /// <summary>Opens the journal in a folder and replays it.</summary>
    /// <param name="folder">The journal's folder.</param>
    /// <param name="time">The clock for records.</param>
    /// <param name="signer">Signs a checkpoint after each record that asks for one; null: none are made.</param>
    /// <exception cref="FedMetaException">Damaged, with the number of the first wrong record; permission; disk
    /// full.</exception>
    public static FactJournal Open(string folder, TimeProvider time, CheckpointSigner? signer = null) =>
        new(observe => Journal.Open(folder, time, observe), time, signer);

    /// <summary>Opens the journal of a coordinator that was initialised: one without records was lost.</summary>
    /// <exception cref="FedMetaException">As for <see cref="Open(string, TimeProvider, CheckpointSigner?)"/>, or there
    /// is none.</exception>
    public static FactJournal OpenInitialised(string folder, TimeProvider time, CheckpointSigner? signer = null)
    {
        if (!FolderStorage.Exists(folder))
            throw Lost(folder);
        var journal = Open(folder, time, signer);
        if (journal.State.Server is not null)
            return journal;
        journal.Dispose();
        throw Lost(folder);
    }

    /// <summary>Opens the journal in a storage and replays it.</summary>
    public static FactJournal Open(JournalStorage storage, TimeProvider time, CheckpointSigner? signer = null) =>
        new(observe => Journal.Open(storage, time, observe), time, signer);

    /// <summary>What is known now.</summary>
    public CoordinatorState State => _current.State;

    /// <summary>What is known now, with the record it ends in.</summary>
    public (CoordinatorState State, JournalHead Head) Snapshot
    {
        get
        {
            var current = _current;
            return (current.State, current.Head);
        }
    }

    /// <summary>Puts a fact on record; when this returns it is on the disk and in <see cref="State"/>.</summary>
    /// <exception cref="InvalidOperationException">The fact cannot follow from the state: a defect of the
    /// caller.</exception>
    public void Record(string actor, Fact fact) => TryRecord(actor, _ => fact);

    /// <summary>
    /// Decides on the newest state and puts the answer on record with nothing in between. True if there was one.
    /// </summary>
    public bool TryRecord(string actor, Func<CoordinatorState, Fact?> decide)
    {
        var recorded = Append(actor, decide);
        if (recorded && State.Ledger.IsDue)
            CoverAfter();
        return recorded;
    }

    /// <summary>Signs a checkpoint of all that is on record now, if <paramref name="isNeeded"/> still says so when
    /// nothing can come in between.</summary>
    /// <exception cref="FedMetaException">The disk does not take it.</exception>
    public void Cover(Func<LedgerStanding, bool> isNeeded)
    {
        if (_signer is not null)
            Append(ServerActor, state => isNeeded(state.Ledger) ? Ask(_signer.Sign) : null);
    }

    /// <summary>Asks the tree of all records. Whoever asks on a newer state than the tree's finds it grown.</summary>
    public T Ask<T>(Func<JournalTree, T> question)
    {
        lock (_tree)
            return question(_tree);
    }

    /// <summary>The line of a record without its line feed.</summary>
    public byte[] Line(long record)
    {
        using var line = new MemoryStream();
        _journal.Export(line, record, record);
        return line.ToArray()[..^1];
    }

    // The fact stands whether or not its checkpoint finds room. It stays due: the next record makes it good, or the
    // first hospital that asks, and a disk that is still full refuses those by name.
    private void CoverAfter()
    {
        try
        {
            Cover(ledger => ledger.IsDue);
        }
        catch (FedMetaException fault) when (fault.Code != ExitCode.JournalDamaged)
        {
            return;
        }
    }

    private bool Append(string actor, Func<CoordinatorState, Fact?> decide) => _journal.AppendIf(() =>
    {
        var (state, head) = Snapshot;
        if (decide(state) is not { } fact)
            return null;
        if (state.Apply(new Origin(head.Sequence + 1, _time.GetUtcNow()), fact) is null)
            throw new InvalidOperationException($"{fact.GetType().Name} cannot follow record {head.Sequence}");
        var (type, body) = FactCodec.Write(fact);
        return new JournalEntry(actor, type, body);
    }) is not null;

    /// <summary>A task that ends when the state differs from <paramref name="seen"/>; at once if it does
    /// already.</summary>
    public Task ChangedSince(CoordinatorState seen)
    {
        var change = _change;
        return ReferenceEquals(seen, State) ? change.Task : Task.CompletedTask;
    }

    /// <summary>Copies the journal's lines up to <paramref name="last"/> as they are.</summary>
    public void Export(Stream output, long last = long.MaxValue) => _journal.Export(output, 1, last);

    /// <inheritdoc/>
    public void Dispose() => _journal.Dispose();

    private void Observe(JournalRecord record)
    {
        lock (_tree)
            _tree.Append(record);
        var next = FactCodec.Read(record.Type, record.Body) is { } fact
            ? State.Apply(new Origin(record.Sequence, record.Time), fact)
            : null;
        _current = new StateAtHead(next ?? throw Wrong(record), new JournalHead(record.Sequence, record.Hash));
        Interlocked.Exchange(ref _change, NewChange()).TrySetResult();
    }

    private static FedMetaException Lost(string folder) => new(ExitCode.JournalDamaged,
        $"the journal in {folder} is gone or empty, although the coordinator was initialised",
        "restore the folder from a backup; without it nobody knows members, studies and spent budgets");

    private static FedMetaException Wrong(JournalRecord record) => new(
        ExitCode.JournalDamaged,
        $"journal record {record.Sequence} ({record.Type}) cannot follow from those before it",
        "it was written by a newer version or changed by hand; run the version that wrote it, or restore a backup");

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record StateAtHead(CoordinatorState State, JournalHead Head);
}
