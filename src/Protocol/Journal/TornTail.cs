using System.Text.Json;

namespace FedMeta.Protocol;

/// <summary>
/// Tells the beginning of a record that a crash cut off from a whole record that was changed afterwards.
/// </summary>
internal static class TornTail
{
    /// <summary>
    /// True where <paramref name="tail"/>, the bytes after the last line feed, can be what an interrupted append left:
    /// the beginning of a line, or blocks that a file system lost. A whole object with anything behind it cannot: there
    /// the line feed itself was changed, and cutting it off would drop a record that somebody relied on.
    /// </summary>
    public static bool IsInterruptedAppend(ReadOnlySpan<byte> tail)
    {
        var reader = new Utf8JsonReader(tail, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndObject)
                    return reader.BytesConsumed == tail.Length;
            }
        }
        catch (JsonException)
        {
            // Lost blocks: not JSON before the first object ends.
        }

        return true;
    }
}
