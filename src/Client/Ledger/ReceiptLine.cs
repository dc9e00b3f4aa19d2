namespace FedMeta.Client.Ledger;

/// <summary>One receipt that this hospital keeps.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Included">With whom this hospital was summed, itself among them.</param>
/// <param name="SignedBy">Whose signatures it holds over this list.</param>
/// <param name="At">When it was kept, UTC.</param>
/// <param name="Record">Number of the journal record.</param>
internal sealed record ReceiptLine(
    string Study,
    uint Round,
    uint Attempt,
    IReadOnlyList<string> Included,
    IReadOnlyList<string> SignedBy,
    DateTimeOffset At,
    long Record);
