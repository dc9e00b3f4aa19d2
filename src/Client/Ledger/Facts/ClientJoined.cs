namespace FedMeta.Client.Ledger;

/// <summary>The hospital used its invite.</summary>
/// <param name="Client">This hospital's id.</param>
/// <param name="Server">Where the coordinator is.</param>
/// <param name="Pin">The only key that is accepted there.</param>
/// <param name="Key">The hospital's SubjectPublicKeyInfo, base64: later signatures are checked against it.</param>
internal sealed record ClientJoined(string Client, string Server, string Pin, string Key);
