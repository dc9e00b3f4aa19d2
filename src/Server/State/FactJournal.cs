using FedMeta.Protocol;
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
    private volatile StateAtHead _current = new(CoordinatorState.Empty, default);
    private volatile TaskCompletionSource _change = NewChange();

    private FactJournal(Func<Action<JournalRecord>, Journal> open, TimeProvider time)
    {
        _time = time;
        _journal = open(Observe);
    }

    /// <summary>Opens the journal in a folder and replays it.</summary>
    /// <exception cref="FedMetaException">Damaged, with the number of the first wrong record; permission; disk
    /// full.</exception>
    public static FactJournal Open(string folder, TimeProvider time) =>
        new(observe => Journal.Open(folder, time, observe), time);

    /// <summary>Opens the journal of a coordinator that was initialised: one without records was lost.</summary>
    /// <exception cref="FedMetaException">As for <see cref="Open(string, TimeProvider)"/>, or there is
    /// none.</exception>
    public static FactJournal OpenInitialised(string folder, TimeProvider time)
    {
        if (!FolderStorage.Exists(folder))
            throw Lost(folder);
        var journal = Open(folder, time);
        if (journal.State.Server is not null)
            return journal;
        journal.Dispose();
        throw Lost(folder);
    }

    /// <summary>Opens the journal in a storage and replays it.</summary>
    public static FactJournal Open(JournalStorage storage, TimeProvider time) =>
        new(observe => Journal.Open(storage, time, observe), time);

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
    public bool TryRecord(string actor, Func<CoordinatorState, Fact?> decide) => _journal.AppendIf(() =>
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
