namespace FedMeta.Client.Ledger;

/// <summary>What an audit of the hospital's journal found.</summary>
/// <param name="Records">Records in the journal.</param>
/// <param name="Decisions">Decisions whose signature was checked.</param>
/// <param name="Spends">Spends whose entry was checked.</param>
/// <param name="Receipts">Receipts whose signatures were all checked against the approved document.</param>
/// <param name="WrongRecord">Number of the first wrong record; null where all hold.</param>
/// <param name="Problem">What is wrong with it.</param>
internal sealed record AuditOutcome(
    int Records, int Decisions, int Spends, int Receipts, long? WrongRecord, string? Problem);
