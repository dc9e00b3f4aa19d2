namespace FedMeta.Client.Ledger;

/// <summary>A message that left the hospital: what kind and how long, never what it says.</summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Round">From 1; 0 outside of rounds.</param>
/// <param name="Attempt">From 1; 0 outside of rounds.</param>
/// <param name="Message">Which message.</param>
/// <param name="Bytes">Length on the wire without framing.</param>
internal sealed record MessageSent(string Study, uint Round, uint Attempt, string Message, long Bytes);
