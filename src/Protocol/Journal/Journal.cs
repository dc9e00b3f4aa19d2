using System.Text.Json;

namespace FedMeta.Protocol;

/// <summary>
/// The facts of one party, in order: append-only, hash-chained, flushed to the disk before anyone relies on them. It is
/// the audit log and the database in one: a program's state is what its observer makes of the records, each of which it
/// is handed exactly once and in order, whether it was there before, another process wrote it, or this one.
/// </summary>
/// <remarks>
/// Several processes may have the same journal open; an append first shows the observer what the others added. Killing
/// a process between any two steps of an append loses nothing earlier: the torn line is cut off by the next one to open
/// or to append, and that is itself put on record (<see cref="RepairedType"/>). A line that was changed is never
/// skipped: the journal is refused with the number of the record. Safe for use by several threads; the observer runs
/// inside the lock and must not call back.
/// </remarks>
public sealed class Journal : IDisposable
{
    /// <summary>
    /// Type of the record that says that a torn line was cut off; the body holds its length, <c>bytes</c>.
    /// </summary>
    public const string RepairedType = "journal.repaired";

    private readonly Lock _gate = new();
    private readonly JournalStorage _storage;
    private readonly TimeProvider _time;
    private readonly Action<JournalRecord>? _observe;
    private readonly List<long> _starts = [];
    private JournalHead _head;
    private long _end;

    private Journal(JournalStorage storage, TimeProvider time, Action<JournalRecord>? observe)
    {
        _storage = storage;
        _time = time;
        _observe = observe;
    }

    /// <summary>
    /// Opens the journal in <paramref name="folder"/>, which is made where it is missing, and verifies all of it.
    /// </summary>
    /// <exception cref="FedMetaException">
    /// <see cref="ExitCode.JournalDamaged"/> with the number of the first wrong record; permission; disk full.
    /// </exception>
    public static Journal Open(string folder, TimeProvider time, Action<JournalRecord>? observe = null) =>
        Open(new FolderStorage(folder), time, observe);

    /// <summary>Opens the journal in <paramref name="storage"/>, which it then owns.</summary>
    /// <inheritdoc cref="Open(string, TimeProvider, Action{JournalRecord}?)"/>
    public static Journal Open(JournalStorage storage, TimeProvider time, Action<JournalRecord>? observe = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(time);
        var journal = new Journal(storage, time, observe);
        try
        {
            journal.Refresh();
            return journal;
        }
        catch
        {
            storage.Dispose();
            throw;
        }
    }

    /// <summary>The last record that the observer was handed.</summary>
    public JournalHead Head
    {
        get
        {
            lock (_gate) return _head;
        }
    }

    /// <summary>
    /// Puts a fact on record. When it returns, the fact survives a power cut and the observer has seen it.
    /// </summary>
    /// <exception cref="ArgumentException">An actor, type or body outside its bounds, or a line above 4
    /// MiB.</exception>
    /// <exception cref="FedMetaException">The disk is full or broken, or the journal damaged: then nothing was
    /// added.</exception>
    public JournalRecord Append(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return AppendIf(() => entry)!;
    }

    /// <summary>
    /// Decides and puts on record without anything in between: <paramref name="decide"/> runs when the observer has
    /// seen all there is and no other process can add. This is how a budget is reserved by two programs that share it.
    /// </summary>
    /// <param name="decide">Answers the entry, or null for none. Must not call the journal.</param>
    /// <returns>The new record, or null where the decision was none.</returns>
    /// <inheritdoc cref="Append"/>
    public JournalRecord? AppendIf(Func<JournalEntry?> decide)
    {
        ArgumentNullException.ThrowIfNull(decide);
        lock (_gate)
        {
            using var exclusive = _storage.Exclude();
            CatchUp();
            return decide() is { } entry ? Write(entry) : null;
        }
    }

    /// <summary>Hands the observer what other processes added.</summary>
    /// <exception cref="FedMetaException">As for
    /// <see cref="Open(string, TimeProvider, Action{JournalRecord}?)"/>.</exception>
    public void Refresh()
    {
        lock (_gate)
        {
            using var exclusive = _storage.Exclude();
            CatchUp();
        }
    }

    /// <summary>
    /// The records from <paramref name="first"/> to <paramref name="last"/> that the observer has seen, read again.
    /// </summary>
    public IReadOnlyList<JournalRecord> Read(long first = 1, long last = long.MaxValue)
    {
        var records = new List<JournalRecord>();
        using var lines = new MemoryStream();
        Export(lines, first, last);
        lines.Position = 0;
        var check = JournalFile.Verify(lines, records.Add);
        return check.WrongRecord is { } wrong ? throw Damaged(wrong, check.Problem!) : records;
    }

    /// <summary>
    /// Copies the lines of the records from <paramref name="first"/> to <paramref name="last"/> as they are.
    /// </summary>
    /// <param name="output">Where to; <see cref="JournalFile.Verify(Stream, Action{JournalRecord}?)"/> reads
    /// it.</param>
    /// <param name="first">Number of the first record, at least 1.</param>
    /// <param name="last">Number of the last record; a greater number than there are means all.</param>
    public void Export(Stream output, long first = 1, long last = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        long from, to;
        lock (_gate)
        {
            last = Math.Min(last, _head.Sequence);
            if (first > last) return;
            from = _starts[checked((int)(first - 1))];
            to = last == _head.Sequence ? _end : _starts[checked((int)last)];
        }

        EnvironmentFaults.Explaining(_storage.Name, () =>
        {
            using var input = _storage.Read(from);
            var buffer = new byte[1 << 16];
            for (var left = to - from; left > 0;)
            {
                var read = input.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
                if (read == 0) throw Damaged(last, "it is no longer there");
                output.Write(buffer, 0, read);
                left -= read;
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _storage.Dispose();

    private JournalRecord Write(JournalEntry entry)
    {
        entry.Check();
        var sequence = checked(_head.Sequence + 1);
        var now = _time.GetUtcNow();
        var line = JournalCodec.Encode(sequence, now, entry.Actor, entry.Type, entry.Body, _head.Hash, out _);
        if (line.Length > JournalLimits.LineBytes)
            throw new ArgumentException($"a record of {line.Length} bytes is too long");
        var problem = JournalCodec.Decode(line.AsMemory(..^1), _head, out var record);
        if (problem is not null) throw new ArgumentException($"the entry cannot be read back: {problem}");
        try
        {
            _storage.Append(line);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Undo();
            throw EnvironmentFaults.TryExplain(fault, _storage.Name) ?? Unwritable(fault);
        }

        Accept(record!, line.Length);
        return record!;
    }

    private void Undo()
    {
        try
        {
            _storage.Truncate(_end);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The torn line stays: the next append or opening cuts it off. The fault that matters is already on its
            // way.
        }
    }

    private void CatchUp()
    {
        var length = _storage.Length;
        if (length < _end) throw Damaged(_head.Sequence, "the file was cut off before its end");
        if (length == _end) return;
        var torn = 0;
        using (var stream = EnvironmentFaults.Explaining(_storage.Name, () => _storage.Read(_end)))
        {
            var lines = new JournalLines(stream);
            while (lines.Next())
            {
                if (lines.IsTooLong) throw Damaged(_head.Sequence + 1, "it has no end");
                if (lines.IsTerminated)
                {
                    var problem = JournalCodec.Decode(lines.Line, _head, out var record);
                    if (problem is not null) throw Damaged(_head.Sequence + 1, problem);
                    Accept(record!, lines.Line.Length + 1);
                    continue;
                }

                if (!TornTail.IsInterruptedAppend(lines.Line.Span))
                    throw Damaged(_head.Sequence + 1, "its end was changed");
                torn = lines.Line.Length;
            }
        }

        if (torn > 0) Repair(torn);
    }

    private void Repair(int torn)
    {
        EnvironmentFaults.Explaining(_storage.Name, () => _storage.Truncate(_end));
        using var body = JsonDocument.Parse($$"""{"bytes":{{torn}}}""");
        Write(new JournalEntry("journal", RepairedType, body.RootElement));
    }

    private void Accept(JournalRecord record, int length)
    {
        _starts.Add(_end);
        _end += length;
        _head = new JournalHead(record.Sequence, record.Hash);
        _observe?.Invoke(record);
    }

    private FedMetaException Unwritable(Exception cause) => new(
        ExitCode.DiskFull,
        $"the disk does not take a record: {_storage.Name}: {cause.Message}",
        "check the disk (dmesg) and its free space; nothing that was written before is lost",
        cause);

    private FedMetaException Damaged(long record, string problem) => new(
        ExitCode.JournalDamaged,
        $"journal record {record} in {_storage.Name} is damaged: {problem}",
        "nothing was changed; restore the folder from a backup, and keep the damaged file for the audit");
}
