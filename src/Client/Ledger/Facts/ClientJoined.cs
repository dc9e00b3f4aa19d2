namespace FedMeta.Client.Ledger;

/// <summary>The hospital used its invite.</summary>
internal sealed record ClientJoined(string Client, string Server, string Pin, string Fingerprint);
