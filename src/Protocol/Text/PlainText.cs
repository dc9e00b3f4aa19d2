using System.Globalization;
using System.Text;

namespace FedMeta.Protocol;

/// <summary>Text from outside that people will read on a screen before they decide.</summary>
public static class PlainText
{
    /// <summary>
    /// Whether <paramref name="text"/> is 1 to <paramref name="max"/> characters of one line: no control characters, none that
    /// reorder or hide what is shown (Unicode categories Cc, Cf, Zl, Zp), no half surrogates, no blank at either end.
    /// </summary>
    public static bool IsOneLine(string? text, int max) =>
        text is { Length: > 0 } && text.Length <= max && text.Trim().Length == text.Length && IsVisible(text);

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
