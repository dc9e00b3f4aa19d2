using System.Globalization;
using System.Text;

namespace FedMeta.Protocol;

/// <summary>Writes values in the one spelling of the canonical text.</summary>
public static class CanonicalToml
{
    /// <summary>A text in double quotes; control characters and those outside the visible ones as escapes.</summary>
    public static string Text(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var rune in value.EnumerateRunes())
        {
            text.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\t' => "\\t",
                '\n' => "\\n",
                '\r' => "\\r",
                _ when PlainText.IsVisible(rune) => rune.ToString(),
                <= 0xFFFF => $"\\u{rune.Value:x4}",
                _ => $"\\U{rune.Value:x8}",
            });
        }

        return text.Append('"').ToString();
    }

    /// <summary>A key: bare where it can be, else quoted.</summary>
    public static string Key(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? name : Text(name);
    }

    /// <summary>A whole number.</summary>
    public static string Integer(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// A finite number with the fewest digits that give it back exactly, always with a point or an exponent:
    /// <c>3.0</c>,
    /// <c>1e-5</c>.
    /// </summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentException("not finite", nameof(value));
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e < 0) return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
        return text[..e] + "e" + Integer(
            int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    /// <summary>True or false.</summary>
    public static string Toggle(bool value) => value ? "true" : "false";

    /// <summary>A list of values that are canonical already.</summary>
    public static string List(IEnumerable<string> values) => $"[{string.Join(", ", values)}]";

    /// <summary>
    /// A duration in the largest unit that gives a whole number: <c>90s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>.
    /// </summary>
    public static string Duration(TimeSpan value)
    {
        var seconds = value.Ticks / TimeSpan.TicksPerSecond;
        if (value < TimeSpan.Zero || seconds * TimeSpan.TicksPerSecond != value.Ticks)
            throw new ArgumentException("not whole seconds", nameof(value));
        if (seconds == 0) return "0s";
        if (seconds % 86400 == 0) return Integer(seconds / 86400) + "d";
        if (seconds % 3600 == 0) return Integer(seconds / 3600) + "h";
        return seconds % 60 == 0 ? Integer(seconds / 60) + "m" : Integer(seconds) + "s";
    }
}
