namespace FedMeta.Client.Ledger;

/// <summary>On disk before the masked input leaves. Final.</summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Rho">Cost for the study's unit, in units of 2^-64, decimal digits.</param>
/// <param name="Charge">Cost for a patient of this hospital, the same units.</param>
/// <param name="Statement">The canonical ledger entry, which travels with the input.</param>
/// <param name="Signature">Base64, the identity key over it.</param>
internal sealed record BudgetSpent(
    string Study, uint Round, uint Attempt, string Rho, string Charge, string Statement, string Signature);
