namespace FedMeta.Client.Ledger;

/// <summary>
/// A checkpoint of the coordinator's journal that this hospital checked against its last one and its own spends:
/// on disk before the signature leaves.
/// </summary>
/// <param name="Note">The signed note: the coordinator's signature and this hospital's, no others.</param>
/// <param name="Key">The coordinator's SubjectPublicKeyInfo, base64; its pin is the invite's.</param>
/// <param name="Spends">Own spends that were seen in the tree for the first time.</param>
/// <param name="Others">Whose signatures stood by then under the checkpoint that this hospital signed before: they see
/// the same journal.</param>
internal sealed record LedgerCoSigned(
    string Note, string Key, IReadOnlyList<SpendSeen> Spends, IReadOnlyList<string> Others);
