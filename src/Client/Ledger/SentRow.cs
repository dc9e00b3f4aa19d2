namespace FedMeta.Client.Ledger;

/// <summary>A message that left, and when.</summary>
internal sealed record SentRow(DateTimeOffset Time, MessageSent Message);
