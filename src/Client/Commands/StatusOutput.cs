namespace FedMeta.Client.Commands;

/// <summary>What <c>status --json</c> writes.</summary>
internal sealed record StatusOutput(
    string ClientId,
    string Name,
    string Server,
    string Fingerprint,
    string State,
    double PatientEpsilon,
    double Limit,
    double Delta,
    int Receipts,
    long LedgerRecords,
    IReadOnlyList<string> LedgerOthers,
    string LedgerViolation);
