using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FedMeta.Protocol;

/// <summary>
/// The one encoding of a record: a line of ASCII JSON with the members in a fixed order, no white space, every
/// character outside printable ASCII escaped (so that no actor or reason can forge a line or move a cursor), and the
/// hash last. A line that is not exactly what <see cref="Encode"/> makes of its own content is refused.
/// </summary>
internal static class JournalCodec
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.Default, MaxDepth = 64 };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 60 };

    /// <summary>The line of a record with its line feed, and its hash.</summary>
    public static byte[] Encode(
        long sequence,
        DateTimeOffset time,
        string actor,
        string type,
        JsonElement body,
        Sha256Digest previous,
        out Sha256Digest hash)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", sequence);
            json.WriteString("time", time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            json.WriteString("actor", actor);
            json.WriteString("type", type);
            json.WritePropertyName("body");
            body.WriteTo(json);
            json.WriteString("prev", previous.ToString());
            json.Flush();
            hash = Sha256Digest.Of(buffer.WrittenSpan);
            json.WriteString("hash", hash.ToString());
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a line without its line feed. Never throws for what the bytes hold.</summary>
    /// <param name="line">The bytes.</param>
    /// <param name="before">The record that must come before, or null at the start of an exported range.</param>
    /// <param name="record">The record when the answer is null.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Decode(ReadOnlyMemory<byte> line, JournalHead? before, out JournalRecord? record)
    {
        record = null;
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            record = Read(document.RootElement);
            if (record is null) return "it is not a record";
            var again = Encode(
                record.Sequence, record.Time, record.Actor, record.Type, record.Body, record.Previous, out var hash);
            if (hash != record.Hash) return "its content does not have its hash";
            if (!again.AsSpan(..^1).SequenceEqual(line.Span)) return "it is not in canonical form";
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            // JsonDocument accepts an escaped lone surrogate and complains only when the string is read.
            record = null;
            return "it is not JSON";
        }

        if (before is not { } head) return null;
        if (record.Sequence != head.Sequence + 1) return $"its number is {record.Sequence}";
        return record.Previous == head.Hash ? null : "it does not follow from the record before it";
    }

    private static JournalRecord? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || root.GetPropertyCount() != 7) return null;
        if (!Member(root, "seq", JsonValueKind.Number, out var seq)) return null;
        if (!seq.TryGetInt64(out var sequence) || sequence < 1) return null;
        if (!Text(root, "time", out var stamp)) return null;
        if (!Text(root, "actor", out var actor) || !Text(root, "type", out var type)) return null;
        if (!Text(root, "prev", out var prev) || !Text(root, "hash", out var own)) return null;
        if (!Member(root, "body", JsonValueKind.Object, out var body)) return null;
        if (!JournalLimits.IsActor(actor) || !JournalLimits.IsType(type)) return null;
        if (!Sha256Digest.TryParse(prev, out var previous) || !Sha256Digest.TryParse(own, out var hash)) return null;
        return DateTimeOffset.TryParseExact(
            stamp, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new JournalRecord(sequence, time, actor, type, body.Clone(), previous, hash)
            : null;
    }

    private static bool Member(JsonElement root, string name, JsonValueKind kind, out JsonElement value) =>
        root.TryGetProperty(name, out value) && value.ValueKind == kind;

    private static bool Text(JsonElement root, string name, out string value)
    {
        value = Member(root, name, JsonValueKind.String, out var element) ? element.GetString()! : "";
        return value.Length > 0;
    }
}
