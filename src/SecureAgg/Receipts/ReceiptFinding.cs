namespace FedMeta.SecureAgg;

/// <summary>The first thing that is wrong with a receipt.</summary>
/// <param name="Problem">What.</param>
/// <param name="Client">Whose entry or signature it is; empty where it concerns the whole receipt.</param>
public readonly record struct ReceiptFinding(ReceiptProblem Problem, string Client);
