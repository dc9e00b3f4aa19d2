namespace FedMeta.Client.Ledger;

/// <summary>An own spend that stands in the coordinator's journal.</summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Record">Number of the coordinator's record.</param>
internal sealed record SpendSeen(string Study, uint Round, uint Attempt, long Record);
