namespace FedMeta.Client.Ledger;

/// <summary>The attempt ended before anything that depends on data was sent; written only by the process that held
/// it.</summary>
internal sealed record BudgetAborted(string Study, uint Round, uint Attempt, string Reason);
