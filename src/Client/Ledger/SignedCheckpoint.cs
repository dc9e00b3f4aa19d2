using FedMeta.Protocol;

namespace FedMeta.Client.Ledger;

/// <summary>A checkpoint that this hospital signed.</summary>
/// <param name="Head">Whose tree, its size and root.</param>
/// <param name="Note">With the coordinator's signature and this hospital's.</param>
/// <param name="Key">The coordinator's SubjectPublicKeyInfo, base64.</param>
/// <param name="Record">Number of this hospital's record.</param>
internal sealed record SignedCheckpoint(Checkpoint Head, SignedNote Note, string Key, long Record);
