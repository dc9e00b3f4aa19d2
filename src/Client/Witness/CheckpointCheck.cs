using System.Text;
using FedMeta.Client.Ledger;
using FedMeta.Protocol;
using Google.Protobuf;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Client.Witness;

/// <summary>
/// Holds a coordinator's answer against what a hospital knows: the pinned key, the checkpoint it signed last, its own
/// spends. Whatever the bytes are, the answer is a verdict.
/// </summary>
/// <param name="pin">The coordinator's key, as the invite carried it.</param>
/// <param name="self">This hospital's id.</param>
/// <param name="members">Identity keys of the members of all approved studies, by id.</param>
internal sealed class CheckpointCheck(KeyPin pin, string self, IReadOnlyDictionary<string, byte[]> members)
{
    /// <summary>Judges an answer.</summary>
    /// <param name="reply">From the coordinator, or from whoever took its place.</param>
    /// <param name="last">The checkpoint that was signed last; null for none.</param>
    /// <param name="asked">The own spends that were asked for.</param>
    public CheckpointVerdict Run(V1.CheckpointReply reply, SignedCheckpoint? last, IReadOnlyList<OwnSpend> asked)
    {
        var origin = LedgerOrigin.Of(pin);
        var key = reply.ServerKey.Span;
        if (KeyPin.Of(key) != pin) return new CheckpointVerdict.NotShown("its key is not the one in the invite");
        if (!Checkpoint.TryRead(reply.Note.Span, out var note, out var head) || head.Origin != origin)
            return new CheckpointVerdict.NotShown("it is no checkpoint of this coordinator");
        if (!note.IsSignedBy(origin, key))
            return new CheckpointVerdict.NotShown("it is not signed with the coordinator's key");
        if (last is not null && Against(last.Head, head, reply) is { } violates) return violates;
        return Spends(head, reply.Lines, asked, out var seen)
            ?? new CheckpointVerdict.Holds(head, seen, last is null ? [] : Others(last, reply.KnownNote.Span));
    }

    private static CheckpointVerdict? Against(Checkpoint last, Checkpoint head, V1.CheckpointReply reply)
    {
        if (head.Size < last.Size)
        {
            return new CheckpointVerdict.Violates(ViolationKind.Truncated,
                $"the coordinator shows a journal of {head.Size} records and had signed one of {last.Size}");
        }

        if (head.Size == last.Size)
        {
            return head.Root == last.Root ? null : new CheckpointVerdict.Violates(ViolationKind.SplitView,
                $"the coordinator signed two different journals of {head.Size} records");
        }

        return Hashes(reply.Consistency) is { } proof
            && MerkleProof.VerifyConsistency(last.Size, last.Root, head.Size, head.Root, proof)
                ? null
                : new CheckpointVerdict.Violates(ViolationKind.NotConsistent, "the coordinator does not prove that the "
                    + $"{last.Size} records that it signed before begin the {head.Size} that it signs now");
    }

    private CheckpointVerdict? Spends(
        Checkpoint head, IReadOnlyCollection<V1.LedgerLine> lines, IReadOnlyList<OwnSpend> asked,
        out List<SpendSeen> seen)
    {
        seen = [];
        var shown = lines.Take(asked.Count).Select(line => OwnLine.Read(line.Line.Span)).ToList();
        foreach (var spend in asked)
        {
            var at = shown.FindIndex(line => line is not null && line.Is(self, spend));
            var number = $"round {spend.Round}, attempt {spend.Attempt}";
            if (at < 0)
            {
                if (!spend.WasTaken) continue; // it may have been lost on the way
                return new CheckpointVerdict.Violates(ViolationKind.SpendDropped, "the coordinator took this "
                    + $"hospital's spend of {number} and does not show it in its journal", spend.Statement);
            }

            var line = lines.ElementAt(at);
            if (!shown[at]!.Holds(spend))
            {
                return new CheckpointVerdict.Violates(ViolationKind.SpendChanged, $"this hospital's spend of {number} "
                    + "stands in the coordinator's journal otherwise than it was sent", spend.Statement,
                    line.Line.ToStringUtf8());
            }

            if (Hashes(line.Path) is not { } path || !MerkleProof.VerifyInclusion(
                MerkleProof.LeafHash(line.Line.Span), shown[at]!.Record - 1, head.Size, path, head.Root))
            {
                return new CheckpointVerdict.Violates(ViolationKind.SpendDropped, "the coordinator does not prove that "
                    + $"this hospital's spend of {number} stands in the journal that it signed", spend.Statement,
                    line.Line.ToStringUtf8());
            }

            seen.Add(new SpendSeen(spend.Study, spend.Round, spend.Attempt, shown[at]!.Record));
        }

        return null;
    }

    // Signatures under exactly the checkpoint that this hospital signed: a coordinator that shows others another
    // journal has none of theirs to show here.
    private List<string> Others(SignedCheckpoint last, ReadOnlySpan<byte> known) =>
        SignedNote.TryRead(known, out var note) && note.Text == last.Note.Text
            ? [.. members.Where(each => each.Key != self && note.IsSignedBy(each.Key, each.Value))
                .Select(each => each.Key).Order(StringComparer.Ordinal)]
            : [];

    private static List<Sha256Digest>? Hashes(IReadOnlyCollection<ByteString> bytes)
    {
        if (bytes.Count > MerkleProof.MaxLength) return null;
        var hashes = new List<Sha256Digest>(bytes.Count);
        foreach (var each in bytes)
        {
            if (!Sha256Digest.TryFrom(each.Span, out var hash)) return null;
            hashes.Add(hash);
        }

        return hashes;
    }
}
