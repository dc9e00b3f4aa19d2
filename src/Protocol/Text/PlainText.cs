using System.Globalization;
using System.Text;

namespace FedMeta.Protocol;

/// <summary>Text from outside that people will read on a screen before they decide.</summary>
public static class PlainText
{
    /// <summary>
    /// Whether <paramref name="text"/> is 1 to <paramref name="max"/> characters of one line: no control characters,
    /// none that reorder or hide what is shown (Unicode categories Cc, Cf, Zl, Zp), no half surrogates, no blank at
    /// either end.
    /// </summary>
    public static bool IsOneLine(string? text, int max) =>
        text is { Length: > 0 } && text.Length <= max && text.Trim().Length == text.Length && IsVisible(text);

    /// <summary>The text with every character that is not visible written as an escape: <c>\u001b</c>.</summary>
    public static string Show(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsVisible(text)
            ? text
            : string.Concat(
                text.EnumerateRunes().Select(rune => IsVisible(rune) ? rune.ToString() : $"\\u{rune.Value:x4}"));
    }

    internal static bool IsVisible(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsVisible(rune)) return false;
        }

        return true;
    }

    // An ill-formed surrogate enumerates as the replacement character.
    internal static bool IsVisible(Rune rune) =>
        rune.Value != 0xFFFD
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
