using System.Text.Json;

namespace FedMeta.Protocol.Tests;

/// <summary>Entries for tests.</summary>
internal static class Notes
{
    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static JournalEntry Note(int value) => new("seoul-general", "test.note", Json($$"""{"value":{{value}}}"""));

    public static int Value(JournalRecord record) => record.Body.GetProperty("value").GetInt32();

    /// <summary>A journal of <paramref name="count"/> notes, as bytes.</summary>
    public static byte[] Bytes(int count)
    {
        var storage = new MemoryStorage();
        using var journal = Journal.Open(storage, new FixedTime());
        for (var i = 1; i <= count; i++) journal.Append(Note(i));
        return storage.ToArray();
    }
}
