namespace FedMeta.Client.Ledger;

/// <summary>What became of a round that the hospital took part in.</summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Completed">The server says that a model came of it.</param>
/// <param name="Reason">Why not, the server's word.</param>
/// <param name="Attested">Whose inputs are in the sum by the signatures that this hospital itself checked; empty
/// where it did not come so far.</param>
/// <param name="Model">Hash of the new model; empty where there is none.</param>
internal sealed record RoundEnded(
    string Study, uint Round, uint Attempt, bool Completed, string Reason, IReadOnlyList<string> Attested,
        string Model);
