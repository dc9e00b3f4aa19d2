namespace FedMeta.Server.State;

/// <summary>A masked input that a client announced, with its signed ledger entry (Base64).</summary>
internal sealed record InputEntry(Origin Origin, string Spend, string SpendSignature, long Bytes);
