namespace FedMeta.Client.Ledger;

/// <summary>A receipt on record, where and when.</summary>
internal sealed record ReceiptRow(long Record, DateTimeOffset Time, ReceiptKept Receipt);
