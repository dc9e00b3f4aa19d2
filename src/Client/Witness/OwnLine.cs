using System.Text;
using System.Text.Json;
using FedMeta.Client.Ledger;
using FedMeta.Protocol;

namespace FedMeta.Client.Witness;

/// <summary>What a line of the coordinator's journal says about a spend of a hospital.</summary>
/// <param name="Record">Its number.</param>
/// <param name="Client">Whose spend.</param>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Spend">Base64 of the statement.</param>
/// <param name="Signature">Base64.</param>
internal sealed record OwnLine(
    long Record, string Client, string Study, long Round, long Attempt, string Spend, string Signature)
{
    private const string Type = "round.input";

    /// <summary>Whether it is of the attempt and the hospital.</summary>
    public bool Is(string client, OwnSpend spend) =>
        Client == client && Study == spend.Study && Round == spend.Round && Attempt == spend.Attempt;

    /// <summary>Whether the statement stands there to the byte, with its signature.</summary>
    public bool Holds(OwnSpend spend) =>
        Spend == Convert.ToBase64String(Encoding.UTF8.GetBytes(spend.Statement)) && Signature == spend.Signature;

    /// <summary>Reads a line without its line feed; null where it is no such record. Never throws for what the bytes
    /// hold.</summary>
    public static OwnLine? Read(ReadOnlySpan<byte> line)
    {
        JournalRecord? record = null;
        using var stream = new MemoryStream([.. line, (byte)'\n'], writable: false);
        var check = JournalFile.Verify(stream, each => record ??= each);
        if (!check.IsIntact || record is not { Type: Type, Body: var body }) return null;
        return Text(body, "client") is { } client && Text(body, "study") is { } study
            && Text(body, "spend") is { } spend && Text(body, "spend_signature") is { } signature
            && Number(body, "round") is { } round && Number(body, "attempt") is { } attempt
                ? new OwnLine(record.Sequence, client, study, round, attempt, spend, signature)
                : null;
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number) ? number : null;
}
