namespace FedMeta.Server.State;

/// <summary>A hospital's signed decision on a study.</summary>
internal sealed record DecisionEntry(Origin Origin, bool Approve, string Reason, long DecidedAt, string Signature);
