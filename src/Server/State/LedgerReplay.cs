using FedMeta.Protocol;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.State;

/// <summary>The transitions of the records about the ledger itself; null where they cannot follow.</summary>
internal static class LedgerReplay
{
    /// <summary>A checkpoint covers exactly what stands before it, in the ledger of the key in the first
    /// record.</summary>
    public static CoordinatorState? Checkpointed(CoordinatorState state, Origin origin, LedgerCheckpoint f)
    {
        if (!Checkpoint.TryRead(System.Text.Encoding.UTF8.GetBytes(f.Note), out var note, out var head)
            || note.Signatures.Count != 1 || head.Size != origin.Record - 1
            || !KeyPin.TryParse(state.Server!.ServerKey, out var pin) || head.Origin != LedgerOrigin.Of(pin)
            || !Base64Text.TryDecode(f.Key, out var key) || KeyPin.Of(key) != pin)
            return null;
        var entry = new CheckpointEntry(origin, head, f.Note, f.Key);
        return state with
        {
            Ledger = state.Ledger with
            {
                Newest = entry,
                Checkpoints = state.Ledger.Checkpoints.Add(head.Size, entry),
            },
        };
    }

    /// <summary>A hospital signs each checkpoint once, and never an older one than it signed before.</summary>
    public static CoordinatorState? CoSigned(CoordinatorState state, Origin origin, LedgerCoSigned f)
    {
        if (!state.Clients.ContainsKey(f.Client) || !state.Ledger.Checkpoints.TryGetValue(f.Size, out var signed)
            || state.Ledger.CoSigners.TryGetValue(f.Client, out var last) && last.Size >= f.Size
            || !NoteSignature.TryRead(f.Line, out var line) || line.Name != f.Client)
            return null;
        var entry = new CoSignatureEntry(origin, f.Size, f.Line);
        var next = signed with { CoSignatures = signed.CoSignatures.Add(f.Client, entry) };
        var ledger = state.Ledger;
        return state with
        {
            Ledger = ledger with
            {
                Newest = ledger.Newest == signed ? next : ledger.Newest,
                Checkpoints = ledger.Checkpoints.SetItem(f.Size, next),
                CoSigners = ledger.CoSigners.SetItem(f.Client, entry),
            },
        };
    }
}
