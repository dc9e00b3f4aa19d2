namespace FedMeta.Client.Ledger;

/// <summary>On disk before noise is drawn: this attempt may be sent. Counts as spent until it is aborted.</summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Rho">Cost for the study's unit, in units of 2^-64, decimal digits.</param>
/// <param name="Charge">Cost for a patient of this hospital, the same units.</param>
/// <param name="Model">Hash of the model that the round starts from.</param>
/// <param name="TaskSeed">Seed that cuts the rows into tasks, decimal digits.</param>
internal sealed record BudgetReserved(
    string Study, uint Round, uint Attempt, string Rho, string Charge, string Model, string TaskSeed);
