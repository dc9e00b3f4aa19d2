using System.Text;
using System.Text.Json;
using FedMeta.Client.Ledger;
using FedMeta.Client.Witness;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;

namespace FedMeta.Client.Tests.Witness;

/// <summary>A coordinator with a journal and a key, honest until a test tampers with what it answers.</summary>
internal sealed class ScriptedLedger(Identity key) : ILedgerServer, IDisposable
{
    // A hospital asks in the background while the test writes.
    private readonly Lock _gate = new();
    private Journal _journal = Journal.Open(new MemoryStorage(), TimeProvider.System);

    public ScriptedLedger()
        : this(Identity.Create())
    {
    }

    public Identity Key => key;

    public string Origin => LedgerOrigin.Of(Key.Pin);

    public List<CoSignature> CoSigned { get; } = [];

    public List<CheckpointRequest> Requests { get; } = [];

    /// <summary>Other members' signature lines, which are shown under every checkpoint.</summary>
    public List<NoteSignature> Lines { get; } = [];

    public Action<CheckpointReply> Tamper { get; set; } = _ => { };

    public Exception? Fault { get; set; }

    public int Size => (int)_journal.Head.Sequence;

    public ScriptedLedger Record(string type = "model.read", string body = "{}")
    {
        using var json = JsonDocument.Parse(body);
        lock (_gate) _journal.Append(new JournalEntry("server", type, json.RootElement));
        return this;
    }

    /// <summary>Takes a hospital's spend, as it was sent or otherwise.</summary>
    public void Take(string client, BudgetSpent spent, string? statement = null) => Record("round.input",
        $$"""
        {"study":"{{spent.Study}}","round":{{spent.Round}},"attempt":{{spent.Attempt}},"client":"{{client}}","spend":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(statement ?? spent.Statement))}}","spend_signature":"{{spent.Signature}}","bytes":1}
        """);

    /// <summary>Goes back to an older journal, as from a backup.</summary>
    public void Restore(int records)
    {
        using var lines = new MemoryStream();
        _journal.Export(lines, 1, records);
        _journal = Journal.Open(new MemoryStorage(lines.ToArray()), TimeProvider.System);
    }

    public Checkpoint Head() => JournalTree.Of(_journal).Checkpoint(Origin, Size);

    public Task<CheckpointReply> GetCheckpointAsync(CheckpointRequest request, CancellationToken stop)
    {
        lock (_gate)
        {
            Requests.Add(request);
            return Fault is { } fault
                ? Task.FromException<CheckpointReply>(fault)
                : Task.FromResult(Answer(request));
        }
    }

    public Task<Ack> CoSignAsync(CoSignature signature, CancellationToken stop)
    {
        CoSigned.Add(signature);
        return Task.FromResult(new Ack { Accepted = true });
    }

    public void Dispose()
    {
        _journal.Dispose();
        key.Dispose();
    }

    private CheckpointReply Answer(CheckpointRequest request)
    {
        var tree = JournalTree.Of(_journal);
        var reply = new CheckpointReply { Note = Note(Size), ServerKey = Bytes(Key.PublicKey) };
        if (request.KnownSize > 0 && request.KnownSize <= (ulong)Size)
        {
            reply.KnownNote = Note((int)request.KnownSize);
            reply.Consistency.AddRange(tree.ConsistencyProof((int)request.KnownSize, Size)
                .Select(each => Bytes(each.ToArray())));
        }

        foreach (var spend in request.Spends)
            if (Find(spend) is { } record)
                reply.Lines.Add(Line(record, tree));
        Tamper(reply);
        return reply;

        ByteString Note(int size)
        {
            var head = tree.Checkpoint(Origin, size);
            var note = SignedNote.Sign(head, Origin, Key);
            foreach (var line in Lines) note = note.With(line);
            return Bytes(note.ToBytes());
        }
    }

    private JournalRecord? Find(RoundId spend) => _journal.Read().FirstOrDefault(record =>
        record.Type == "round.input"
        && record.Body.GetProperty("study").GetString() == Convert.ToHexStringLower(spend.StudyHash.Span)
        && record.Body.GetProperty("round").GetUInt32() == spend.Round
        && record.Body.GetProperty("attempt").GetUInt32() == spend.Attempt);

    private LedgerLine Line(JournalRecord record, JournalTree tree)
    {
        using var line = new MemoryStream();
        _journal.Export(line, record.Sequence, record.Sequence);
        return new LedgerLine
        {
            Line = Bytes(line.ToArray()[..^1]),
            Path = { tree.InclusionProof((int)record.Sequence, Size).Select(each => Bytes(each.ToArray())) },
        };
    }

    private static ByteString Bytes(byte[] bytes) => ByteString.CopyFrom(bytes);
}
