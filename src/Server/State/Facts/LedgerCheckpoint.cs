namespace FedMeta.Server.State.Facts;

/// <summary>
/// The coordinator signed the tree of all records before this one. <c>Note</c> is the C2SP signed note with its own
/// signature alone; <c>Key</c> is the SubjectPublicKeyInfo (Base64) that verifies it, whose pin stands in the first
/// record.
/// </summary>
internal sealed record LedgerCheckpoint(string Note, string Key) : Fact;
