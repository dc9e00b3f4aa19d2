using FedMeta.Protocol;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.Ledger;

/// <summary>Signs checkpoints with the coordinator's own key, the one whose pin every invite carries.</summary>
internal sealed class CheckpointSigner(Identity key) : IDisposable
{
    private readonly string _origin = LedgerOrigin.Of(key.Pin);
    private readonly string _key = Convert.ToBase64String(key.PublicKey);

    /// <summary>Whose checkpoints these are.</summary>
    public KeyPin Pin => key.Pin;

    /// <summary>The fact that the coordinator signed a tree.</summary>
    /// <param name="tree">Every record before the fact.</param>
    public LedgerCheckpoint Sign(JournalTree tree)
    {
        var note = SignedNote.Sign(tree.Checkpoint(_origin, tree.Size), _origin, key);
        return new LedgerCheckpoint(System.Text.Encoding.UTF8.GetString(note.ToBytes()), _key);
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
