using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;
using Google.Protobuf;

namespace FedMeta.Server.Ledger;

/// <summary>
/// Shows members the newest checkpoint with what they need to check it, and takes their signatures. Everything that it
/// answers is computed from the journal, so a member that checks it checks the journal.
/// </summary>
internal sealed class LedgerDesk(FactJournal journal, StudyPlans plans)
{
    /// <summary>Most spends of one request: their lines and proofs fit into one message.</summary>
    public const int MaxSpends = 32;

    /// <summary>The newest checkpoint for one hospital.</summary>
    public CheckpointReply Answer(string client, CheckpointRequest request)
    {
        // A hospital may ask while its attempt is still under way; what was taken from it has to be shown all the same.
        long[] records = [.. request.Spends.Take(MaxSpends).Select(s => RecordOf(journal.State, client, s)).OfType<long>()];
        journal.Cover(ledger => ledger.IsDue || ledger.Newest is not { } last || records.Any(r => r > last.Head.Size));
        var state = journal.State;
        var newest = state.Ledger.Newest!;
        var reply = new CheckpointReply
        {
            Note = ByteString.CopyFrom(newest.ToBytes()),
            ServerKey = ByteString.CopyFrom(Convert.FromBase64String(newest.Key)),
        };
        var size = (int)newest.Head.Size;
        if (request.KnownSize is > 0 && request.KnownSize <= (ulong)size)
            reply.Consistency.AddRange(Bytes(journal.Ask(t => t.ConsistencyProof((int)request.KnownSize, size))));
        if (state.Ledger.Checkpoints.TryGetValue((long)Math.Min(request.KnownSize, long.MaxValue), out var known))
            reply.KnownNote = ByteString.CopyFrom(known.ToBytes());
        reply.Lines.AddRange(records.Select(record => Line((int)record, size)));
        return reply;
    }

    /// <summary>Takes a hospital's signature. Null if it stands on record.</summary>
    public LedgerRefusal? CoSign(string client, CoSignature signature)
    {
        if (signature.Size > long.MaxValue || !NoteSignature.TryRead(signature.Line, out var line)
            || line.Name != client)
            return LedgerRefusal.Malformed;
        var (state, size) = (journal.State, (long)signature.Size);
        if (!state.Ledger.Checkpoints.TryGetValue(size, out var signed))
            return LedgerRefusal.UnknownCheckpoint;
        if (!state.Studies.Values.Any(s => plans.Of(s).Document.TryGetMember(client, out _)))
            return LedgerRefusal.NotAMember;
        if (!line.Verify(signed.Head.ToNoteText(), client, Convert.FromBase64String(state.Clients[client].Key)))
            return LedgerRefusal.BadSignature;
        var recorded = journal.TryRecord(client, now =>
            now.Ledger.CoSigners.TryGetValue(client, out var last) && last.Size >= size
                ? null
                : new LedgerCoSigned(client, size, signature.Line));
        return recorded ? null : LedgerRefusal.SignedBefore;
    }

    /// <summary>The journal up to the newest checkpoint, which is made now where facts have come since the last
    /// one.</summary>
    public byte[] Export()
    {
        journal.Cover(ledger => ledger.HasUncovered);
        using var lines = new MemoryStream();
        journal.Export(lines, journal.State.Ledger.Newest!.Head.Size);
        return lines.ToArray();
    }

    /// <summary>The checkpoint of exactly this many records, with the hospitals' signatures so far; null if there is
    /// none.</summary>
    public byte[]? Checkpoint(ulong records) =>
        journal.State.Ledger.Checkpoints.GetValueOrDefault((long)Math.Min(records, long.MaxValue))?.ToBytes();

    private LedgerLine Line(int record, int size) => new()
    {
        Line = ByteString.CopyFrom(journal.Line(record)),
        Path = { Bytes(journal.Ask(t => t.InclusionProof(record, size))) },
    };

    private static long? RecordOf(CoordinatorState state, string client, RoundId spend) =>
        state.Studies.TryGetValue(Convert.ToHexStringLower(spend.StudyHash.Span), out var study)
            && study.Rounds.Find(r => r.Round == spend.Round && r.Attempt == spend.Attempt) is { } round
            && round.Inputs.TryGetValue(client, out var input)
                ? input.Origin.Record
                : null;

    private static IEnumerable<ByteString> Bytes(IEnumerable<Sha256Digest> hashes) =>
        hashes.Select(h => ByteString.CopyFrom(h.ToArray()));
}
