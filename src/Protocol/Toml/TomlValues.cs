using System.Globalization;
using System.Text;

namespace FedMeta.Protocol;

/// <summary>Reads the values of the TOML subset: texts, whole numbers, numbers, true and false, lists.</summary>
internal static class TomlValues
{
    private const string NumberHint = "write numbers like 42, -1, 0.5 or 1e-5";

    public static TomlValue Read(TomlCursor cursor, int depth = 0)
    {
        var line = cursor.Line;
        return cursor.Current switch
        {
            '"' or '\'' => new TomlText(line, ReadText(cursor)),
            '[' => ReadArray(cursor, depth),
            '{' => throw cursor.Error("a table stands where a value should", "open a table with its own [header]"),
            _ => ReadWord(cursor),
        };
    }

    public static string ReadText(TomlCursor cursor)
    {
        var quote = cursor.Take();
        if (cursor.Current == quote && cursor.Peek(1) == quote)
            throw cursor.Error("a text over several lines is not read here", "write it in one line between two quotes");
        var text = new StringBuilder();
        while (true)
        {
            if (cursor.IsLineEnd)
                throw cursor.Error("a text has no closing quote", $"end it with {quote} in the same line");
            if (char.IsControl(cursor.Current) && cursor.Current != '\t')
                throw cursor.Error($"{cursor.Shown} stands in a text", "write control characters as \\u0000");
            var c = cursor.Take();
            if (c == quote) return text.ToString();
            if (c == '\\' && quote == '"') AppendEscape(cursor, text);
            else text.Append(c);
        }
    }

    private static void AppendEscape(TomlCursor cursor, StringBuilder text)
    {
        if (cursor.IsLineEnd) throw cursor.Error("a text has no closing quote", "end it in the same line");
        var c = cursor.Take();
        switch (c)
        {
            case 'b': text.Append('\b'); return;
            case 't': text.Append('\t'); return;
            case 'n': text.Append('\n'); return;
            case 'f': text.Append('\f'); return;
            case 'r': text.Append('\r'); return;
            case '"' or '\\': text.Append(c); return;
            case 'u' or 'U': text.Append(ReadRune(cursor, c == 'u' ? 4 : 8)); return;
            default:
                throw cursor.Error(
                    "an unknown escape stands in a text", "write \\\\ for a backslash, or use 'single quotes'");
        }
    }

    private static string ReadRune(TomlCursor cursor, int digits)
    {
        long value = 0;
        for (var i = 0; i < digits; i++)
        {
            if (!char.IsAsciiHexDigit(cursor.Current))
                throw cursor.Error($"an escape has fewer than {digits} digits", "write \\u00e9");
            value = (value * 16) + Convert.ToInt32(cursor.Take().ToString(), 16);
        }

        if (value > 0x10FFFF || !Rune.IsValid((int)value))
            throw cursor.Error("an escape is no character", "write \\u00e9");
        return new Rune((int)value).ToString();
    }

    private static TomlArray ReadArray(TomlCursor cursor, int depth)
    {
        var line = cursor.Line;
        if (depth >= TomlLimits.Depth)
            throw cursor.Error("lists stand too deep inside one another", "write at most 4 levels");
        cursor.Take();
        var items = new List<TomlValue>();
        while (true)
        {
            cursor.SkipSpace();
            if (cursor.TryTake(']')) return new TomlArray(line, items);
            if (cursor.IsEnd) throw new TomlSyntaxException(line, "a list has no end", "close it with ]");
            items.Add(Read(cursor, depth + 1));
            cursor.SkipSpace();
            if (cursor.TryTake(',') || cursor.Current == ']') continue;
            throw cursor.Error($"'{cursor.Shown}' stands in a list", "put commas between the values and ] at the end");
        }
    }

    private static TomlValue ReadWord(TomlCursor cursor)
    {
        var line = cursor.Line;
        var word = cursor.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.' or '_' or ':');
        return word switch
        {
            "" => throw cursor.Error($"'{cursor.Shown}' stands where a value should", "texts need quotes"),
            "true" => new TomlToggle(line, true),
            "false" => new TomlToggle(line, false),
            _ when char.IsAsciiLetter(word[0]) => throw cursor.Error($"'{Cut(word)}' is no value", "texts need quotes"),
            _ => ReadNumber(cursor, word),
        };
    }

    private static TomlValue ReadNumber(TomlCursor cursor, string word)
    {
        var (digits, isWhole) = Shape(word) ?? throw cursor.Error($"'{Cut(word)}' is no number", NumberHint);
        if (isWhole)
        {
            return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? new TomlInteger(cursor.Line, whole)
                : throw cursor.Error($"'{Cut(word)}' is too large", "whole numbers have up to 18 digits");
        }

        var isNumber = double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        return isNumber && double.IsFinite(number)
            ? new TomlNumber(cursor.Line, number)
            : throw cursor.Error($"'{Cut(word)}' is too large", NumberHint);
    }

    // sign? digits ('.' digits)? (e sign? digits)?, underscores only between digits, no leading zeros before the point.
    private static (string Digits, bool IsWhole)? Shape(string word)
    {
        var at = word[0] is '+' or '-' ? 1 : 0;
        var whole = TakeDigits(word, ref at);
        if (whole is null || (whole.Length > 1 && whole[0] == '0')) return null;
        var text = (word[0] == '-' ? "-" : "") + whole;
        var isWhole = true;
        if (at < word.Length && word[at] == '.')
        {
            at++;
            if (TakeDigits(word, ref at) is not { } fraction) return null;
            text += "." + fraction;
            isWhole = false;
        }

        if (at < word.Length && word[at] is 'e' or 'E')
        {
            at++;
            var sign = at < word.Length && word[at] is '+' or '-' ? word[at++].ToString() : "";
            if (TakeDigits(word, ref at) is not { Length: <= 9 } exponent) return null;
            text += "e" + sign + exponent;
            isWhole = false;
        }

        return at == word.Length ? (text, isWhole) : null;
    }

    private static string? TakeDigits(string word, ref int at)
    {
        var digits = new StringBuilder();
        var start = at;
        while (at < word.Length && (char.IsAsciiDigit(word[at]) || word[at] == '_'))
        {
            if (word[at] != '_') digits.Append(word[at]);
            else if (at == start || !IsDigit(word, at - 1) || !IsDigit(word, at + 1)) return null;
            at++;
        }

        return digits.Length > 0 ? digits.ToString() : null;
    }

    private static bool IsDigit(string word, int at) => at < word.Length && char.IsAsciiDigit(word[at]);

    private static string Cut(string word) => word.Length <= 40 ? word : word[..40] + "...";
}
