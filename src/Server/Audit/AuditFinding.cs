namespace FedMeta.Server.Audit;

/// <summary>Something that does not hold. <c>Record</c> is the journal record, or 0 for a figure of a report.</summary>
internal sealed record AuditFinding(long Record, string What);
