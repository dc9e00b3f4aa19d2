using System.Text.Json.Serialization.Metadata;
using FedMeta.Protocol;

namespace FedMeta.Client.Ledger;

/// <summary>
/// The hospital's own journal: decisions, budget, what left. The agent and the short commands share it; every
/// question is answered from all that is on disk at that moment.
/// </summary>
internal sealed class HospitalJournal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LedgerState _state = new();
    private readonly Journal _journal;
    private readonly string _actor;

    private HospitalJournal(Func<Action<JournalRecord>, Journal> open, string actor)
    {
        _actor = actor;
        _journal = open(record =>
        {
            lock (_gate) _state.Observe(record);
        });
    }

    /// <summary>Opens the journal in a folder.</summary>
    /// <param name="folder">The home's journal folder.</param>
    /// <param name="actor">The client id.</param>
    /// <param name="time">The clock for records.</param>
    /// <exception cref="FedMetaException">The journal is damaged, or the folder cannot be used.</exception>
    public static HospitalJournal Open(string folder, string actor, TimeProvider time) =>
        new(observe => Journal.Open(folder, time, observe), actor);

    /// <summary>Opens the journal in a storage, which it then owns.</summary>
    public static HospitalJournal Open(JournalStorage storage, string actor, TimeProvider time) =>
        new(observe => Journal.Open(storage, time, observe), actor);

    /// <summary>Asks the state as it is on disk now.</summary>
    public T Ask<T>(Func<LedgerState, T> question)
    {
        _journal.Refresh();
        lock (_gate) return question(_state);
    }

    /// <summary>Puts a fact on record; it survives a power cut when this returns.</summary>
    public void Record<T>(string type, T fact, JsonTypeInfo<T> shape) =>
        _journal.Append(JournalEntry.Of(_actor, type, fact, shape));

    /// <summary>
    /// Decides on the newest state and puts on record without anything in between.
    /// </summary>
    /// <param name="decide">The fact to record, or null for none.</param>
    /// <param name="type">Its record type.</param>
    /// <param name="shape">Its JSON shape.</param>
    public void RecordIf<T>(Func<LedgerState, T?> decide, string type, JsonTypeInfo<T> shape)
        where T : class =>
        _journal.AppendIf(() =>
        {
            lock (_gate) return decide(_state) is { } fact ? JournalEntry.Of(_actor, type, fact, shape) : null;
        });

    /// <summary>All records, verified once more.</summary>
    public IReadOnlyList<JournalRecord> Records()
    {
        _journal.Refresh();
        return _journal.Read();
    }

    /// <summary>Copies all records as they stand in the file.</summary>
    public void Export(Stream output)
    {
        _journal.Refresh();
        _journal.Export(output, 1, long.MaxValue);
    }

    /// <inheritdoc/>
    public void Dispose() => _journal.Dispose();
}
