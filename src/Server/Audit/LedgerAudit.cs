using System.Text;
using FedMeta.Protocol;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Audit;

/// <summary>
/// Holds the checkpoints that are found, in the journal and in files, against the tree of the journal's own lines.
/// Whoever rewrites a record and chains all after it anew still has another tree than the one that was signed; and
/// whoever signs that tree again lacks the hospitals' signatures, which stand under the old one in their own files.
/// </summary>
internal sealed class LedgerAudit(StudyPlans plans, IReadOnlyList<byte[]> keys)
{
    private readonly JournalTree _tree = new();
    private readonly Dictionary<string, List<byte[]>> _members = new(StringComparer.Ordinal);
    private readonly List<byte[]> _keys = [.. keys];
    private KeyPin _server;

    /// <summary>Checkpoints that were verified, in the journal and in files.</summary>
    public int Checkpoints { get; private set; }

    /// <summary>Hospitals' signatures that were verified under them.</summary>
    public int CoSignatures { get; private set; }

    /// <summary>What is wrong with a fact that has just been applied, or null. Call <see cref="Append"/> after
    /// it.</summary>
    public string? Check(CoordinatorState after, Fact fact)
    {
        switch (fact)
        {
            case ServerInitialised f:
                return KeyPin.TryParse(f.ServerKey, out _server) ? null : "the coordinator's key is no pin";
            case StudyProposed f:
                foreach (var member in plans.Of(after.Studies[f.Study]).Members)
                    KeysOf(member.Id).Add(member.PublicKey);
                return null;
            case LedgerCheckpoint f:
                _keys.Add(Convert.FromBase64String(f.Key));
                return Problem(after.Ledger.Newest!.Head, Encoding.UTF8.GetBytes(f.Note));
            case RoundInput f:
                return Anchored(f, after.Ledger);
            case LedgerCoSigned f:
                return CoSigned(after.Ledger.Checkpoints[f.Size], f);
            default:
                return null;
        }
    }

    /// <summary>Takes a record into the tree.</summary>
    public void Append(JournalRecord record) => _tree.Append(record);

    /// <summary>What is wrong with a checkpoint in a file, or null: its ledger, its size and root, every signature under
    /// it.</summary>
    public string? Check(ReadOnlySpan<byte> utf8)
    {
        if (CheckpointFile.Parse("", utf8) is not { } file)
            return "it is no checkpoint of a ledger";
        if (file.Head.Origin != LedgerOrigin.Of(_server))
            return "it is of another ledger than this journal";
        return file.Head.Size > _tree.Size
            ? $"the journal was cut off: it has {_tree.Size} records and the checkpoint was signed over {file.Head.Size}"
            : Problem(file.Head, utf8);
    }

    private string? Problem(Checkpoint head, ReadOnlySpan<byte> utf8)
    {
        if (!_tree.Agrees(head))
            return $"the {head.Size} records before it are not those that were signed: one was changed or left out";
        if (!SignedNote.TryRead(utf8, out var note))
            return "it is no signed note";
        if (note.Signatures.Select(s => s.Name).Distinct(StringComparer.Ordinal).Count() != note.Signatures.Count)
            return "it carries two signatures of one name";
        if (_keys.Find(key => KeyPin.Of(key) == _server) is not { } server)
            return $"the key that signed it is not here; its pin is {_server}";
        if (!note.IsSignedBy(head.Origin, server))
            return "it is not signed with the coordinator's key";
        foreach (var signature in note.Signatures.Where(s => s.Name != head.Origin))
        {
            if (!KeysOf(signature.Name).Any(key => signature.Verify(note.Text, signature.Name, key)))
                return $"the signature of {PlainText.Show(signature.Name)} is not by a member's key";
            CoSignatures++;
        }

        Checkpoints++;
        return null;
    }

    private string? CoSigned(CheckpointEntry signed, LedgerCoSigned f)
    {
        if (!NoteSignature.TryRead(f.Line, out var line)
            || !KeysOf(f.Client).Any(key => line.Verify(signed.Head.ToNoteText(), f.Client, key)))
            return $"the checkpoint of {f.Size} records is not signed with the key of {f.Client}";
        CoSignatures++;
        return null;
    }

    // Each entry names the checkpoint that its hospital signed last: a rewriter would have to sign it anew as well.
    private string? Anchored(RoundInput f, LedgerStanding ledger)
    {
        if (!Base64Text.TryDecode(f.Spend, out var bytes) || !LedgerEntry.TryRead(bytes, out var entry)
            || entry.CheckpointSize == 0)
            return null;
        if (!_tree.Agrees(new Checkpoint("", entry.CheckpointSize, entry.CheckpointRoot)))
            return $"the entry of {f.Client} was signed over another journal: its checkpoint of "
                + $"{entry.CheckpointSize} records is not of this one";
        return SpendCheck.Anchor(entry, ledger) is { } problem ? $"the ledger entry of {f.Client}: {problem}" : null;
    }

    private List<byte[]> KeysOf(string client)
    {
        if (!_members.TryGetValue(client, out var keys))
            _members[client] = keys = [];
        return keys;
    }
}
