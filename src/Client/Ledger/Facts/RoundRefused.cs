namespace FedMeta.Client.Ledger;

/// <summary>The hospital refused a round, or a message within it.</summary>
/// <param name="Study">Hash of the document, hexadecimal, as the server named it.</param>
/// <param name="Round">As the server named it.</param>
/// <param name="Attempt">As the server named it.</param>
/// <param name="Refusal">One word of the closed list.</param>
/// <param name="Detail">In words; never data.</param>
internal sealed record RoundRefused(string Study, uint Round, uint Attempt, string Refusal, string Detail);
