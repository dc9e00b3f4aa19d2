namespace FedMeta.Privacy;

/// <summary>One line of a client's own budget.</summary>
/// <param name="Kind">Reserve, Spend or Abort.</param>
/// <param name="Study">Name of the study.</param>
/// <param name="Round">Number of the round.</param>
/// <param name="Attempt">Number of the try at the round.</param>
/// <param name="Cost">Cost of a Reserve or a Spend; without meaning for an Abort.</param>
public sealed record BudgetEntry(BudgetEntryKind Kind, string Study, long Round, int Attempt, Rho Cost);
