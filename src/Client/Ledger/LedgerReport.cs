namespace FedMeta.Client.Ledger;

/// <summary>What <c>ledger</c> shows: what this hospital spent, and what left it.</summary>
/// <param name="Delta">The policy's delta, at which patient epsilons are meant.</param>
/// <param name="PatientEpsilon">Of all studies together, for a patient of this hospital.</param>
/// <param name="Limit">The policy's limit on it.</param>
/// <param name="Studies">One line for each study that was decided on.</param>
/// <param name="Sent">One line for each study and kind of message.</param>
/// <param name="Receipts">With whom it was summed, signed by the others, oldest first.</param>
internal sealed record LedgerReport(
    double Delta,
    double PatientEpsilon,
    double Limit,
    IReadOnlyList<StudyLine> Studies,
    IReadOnlyList<SentLine> Sent,
    IReadOnlyList<ReceiptLine> Receipts);
