using System.Text;
using FedMeta.Protocol;

namespace FedMeta.Client.Ledger;

/// <summary>
/// Follows the checkpoints that a hospital signed: each is of its coordinator's ledger, signed with the coordinator's
/// key and the hospital's, longer than the one before, and every entry behind it names exactly it.
/// </summary>
internal sealed class CheckpointAudit
{
    private readonly HashSet<(string, uint, uint)> _spent = [];
    private string _pin = "";
    private Checkpoint? _last;

    /// <summary>The hospital joined a coordinator.</summary>
    public void Joined(ClientJoined joined) => _pin = joined.Pin;

    /// <summary>A masked input was about to leave.</summary>
    public void Spent(BudgetSpent spent) => _spent.Add((spent.Study, spent.Round, spent.Attempt));

    /// <summary>Somebody decided to go on after a violation: the next checkpoint is the first again.</summary>
    public void Trusted() => _last = null;

    /// <summary>What is wrong with a checkpoint that was signed, in words; null where it holds.</summary>
    /// <param name="signed">The record.</param>
    /// <param name="self">The hospital.</param>
    /// <param name="key">Its key.</param>
    public string? Problem(LedgerCoSigned signed, string self, ReadOnlySpan<byte> key)
    {
        if (!Checkpoint.TryRead(Encoding.UTF8.GetBytes(signed.Note), out var note, out var head)
            || !Base64Text.TryDecode(signed.Key, out var server)) return "what was signed is no checkpoint";
        var pin = KeyPin.Of(server);
        if (pin.ToString() != _pin || head.Origin != LedgerOrigin.Of(pin))
            return "the checkpoint is not one of the coordinator's ledger";
        if (!note.IsSignedBy(head.Origin, server)) return "the checkpoint is not signed with the coordinator's key";
        if (!note.IsSignedBy(self, key)) return "the checkpoint is not signed with the hospital's key";
        if (head.Size <= (_last?.Size ?? 0))
            return "the checkpoint is not longer than the one that was signed before";
        if (signed.Spends.Any(seen => !_spent.Contains((seen.Study, seen.Round, seen.Attempt))))
            return "a spend is said to be seen that was not made";
        _last = head;
        return null;
    }

    /// <summary>What is wrong with the checkpoint that an entry names, in words; null where it is the newest one that
    /// was signed before it.</summary>
    public string? Problem(LedgerEntry entry) =>
        entry.CheckpointSize == (_last?.Size ?? 0)
        && entry.CheckpointRoot == (_last?.Root ?? MerkleProof.EmptyRoot)
            ? null
            : "the entry names another checkpoint than the newest one that this hospital signed";
}
