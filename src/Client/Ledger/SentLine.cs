namespace FedMeta.Client.Ledger;

/// <summary>What left this hospital for one study.</summary>
/// <param name="Study">The study's name, or the beginning of its hash.</param>
/// <param name="Message">Kind of message.</param>
/// <param name="Count">How many.</param>
/// <param name="Bytes">Of all of them.</param>
/// <param name="First">When the first one left, UTC.</param>
/// <param name="Last">When the last one left, UTC.</param>
internal sealed record SentLine(
    string Study, string Message, int Count, long Bytes, DateTimeOffset First, DateTimeOffset Last);
