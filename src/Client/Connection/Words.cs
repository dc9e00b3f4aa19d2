using FedMeta.Protocol;

namespace FedMeta.Client.Connection;

/// <summary>Words from a server that a person will read: bounded, one line, nothing that moves a cursor.</summary>
internal static class Words
{
    /// <summary>At most 200 characters; whatever is not visible becomes a space.</summary>
    public static string Clean(string text)
    {
        var cut = text.Length <= 200 ? text : text[..200];
        bool MovesACursor(char c) => char.IsSurrogate(c) || !PlainText.IsOneLine($"_{c}_", 3);
        return string.Concat(cut.Select(c => MovesACursor(c) ? ' ' : c)).Trim();
    }
}
