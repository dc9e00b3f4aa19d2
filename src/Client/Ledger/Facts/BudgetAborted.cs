namespace FedMeta.Client.Ledger;

/// <summary>The attempt ended before anything that depends on data was sent; written only by the process that held
/// it.</summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Reason">One word.</param>
/// <param name="Statement">The canonical ledger entry.</param>
/// <param name="Signature">Base64, the identity key over it.</param>
internal sealed record BudgetAborted(
    string Study, uint Round, uint Attempt, string Reason, string Statement, string Signature);
