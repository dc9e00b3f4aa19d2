namespace FedMeta.Server.Reports.Privacy.Sections;

/// <summary>Who signed what.</summary>
/// <param name="Checkpoint">The newest signed state of the ledger; null where none is on record.</param>
/// <param name="Decisions">What each hospital decided about the document.</param>
/// <param name="LedgerEntries">Signed entries of hospitals about this study; the audit checks each of them.</param>
/// <param name="Receipts">Signatures of hospitals under lists of who is in an opened sum; likewise.</param>
internal sealed record SignaturesSection(SignaturesSection.CheckpointPart? Checkpoint,
    IReadOnlyList<SignaturesSection.Decision> Decisions, int LedgerEntries, int Receipts)
{
    /// <summary>Size and root (Base64) of the tree over the records before <c>Record</c>, and the hospitals that signed
    /// it after checking it against their own.</summary>
    internal sealed record CheckpointPart(string Origin, long Size, string Root, IReadOnlyList<string> CoSigners,
        long Record);

    /// <summary>approved, refused or undecided. <c>Fingerprint</c> is six words of the key in the signed
    /// document.</summary>
    internal sealed record Decision(string Client, string Name, string Fingerprint, string Answer, string Reason,
        string DecidedAt, bool SignatureValid, long Record);
}
