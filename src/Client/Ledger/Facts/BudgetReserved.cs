namespace FedMeta.Client.Ledger;

/// <summary>On disk before noise is drawn: this attempt may be sent. Counts as spent until it is aborted.</summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Rho">Cost for the study's unit, in units of 2^-64, decimal digits.</param>
/// <param name="Charge">Cost for a patient of this hospital, the same units.</param>
/// <param name="Model">Hash of the model that the round starts from.</param>
/// <param name="TaskSeed">Seed that cuts the rows into tasks, decimal digits.</param>
/// <param name="StudyLimit">What the study could cost a patient in all when this was granted, the same units.</param>
/// <param name="TotalLimit">What all studies could.</param>
/// <param name="Statement">The canonical ledger entry.</param>
/// <param name="Signature">Base64, the identity key over it.</param>
internal sealed record BudgetReserved(
    string Study,
    uint Round,
    uint Attempt,
    string Rho,
    string Charge,
    string Model,
    string TaskSeed,
    string StudyLimit,
    string TotalLimit,
    string Statement,
    string Signature);
