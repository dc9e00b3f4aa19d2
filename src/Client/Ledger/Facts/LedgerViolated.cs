namespace FedMeta.Client.Ledger;

/// <summary>
/// The coordinator signed what an honest one never signs. Nothing more is answered until somebody at this hospital
/// decides (<see cref="LedgerTrusted"/>).
/// </summary>
/// <param name="Kind">One word of <see cref="Witness.ViolationKind"/>.</param>
/// <param name="What">In words.</param>
/// <param name="Known">The checkpoint that this hospital had signed; empty where it had signed none.</param>
/// <param name="Shown">The checkpoint that was shown now, signed by the coordinator.</param>
/// <param name="Key">The coordinator's SubjectPublicKeyInfo, base64, which verifies both.</param>
/// <param name="Proof">The consistency proof that was shown, base64 of 32 bytes each as they came.</param>
/// <param name="Spend">The own statement that is missing or changed; empty where it is not about one.</param>
/// <param name="Line">What was shown in its place; empty for nothing.</param>
internal sealed record LedgerViolated(
    string Kind,
    string What,
    string Known,
    string Shown,
    string Key,
    IReadOnlyList<string> Proof,
    string Spend,
    string Line);
