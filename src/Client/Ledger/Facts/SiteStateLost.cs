namespace FedMeta.Client.Ledger;

/// <summary>The vector that this hospital kept for a study was lost, and an attempt began with zero.</summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Round">Of the attempt that began.</param>
/// <param name="Attempt">Of the attempt that began.</param>
/// <param name="Reason">In words; never data.</param>
internal sealed record SiteStateLost(string Study, uint Round, uint Attempt, string Reason);
