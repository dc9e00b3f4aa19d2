namespace FedMeta.Protocol;

/// <summary>A position in a TOML text.</summary>
internal sealed class TomlCursor(string text)
{
    private int _at;

    public int Line { get; private set; } = 1;

    public bool IsEnd => _at >= text.Length;

    public char Current => _at < text.Length ? text[_at] : '\0';

    public bool IsLineEnd => IsEnd || Current == '\n' || (Current == '\r' && Peek(1) == '\n');

    public char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    public char Take()
    {
        var c = text[_at++];
        if (c == '\n') Line++;
        return c;
    }

    public bool TryTake(char c)
    {
        if (IsEnd || Current != c) return false;
        Take();
        return true;
    }

    public string TakeWhile(Func<char, bool> accept)
    {
        var start = _at;
        while (_at < text.Length && accept(text[_at])) _at++;
        return text[start.._at];
    }

    public void SkipBlanks() => TakeWhile(c => c is ' ' or '\t');

    public void SkipLine()
    {
        while (!IsEnd && Take() != '\n')
        {
        }
    }

    /// <summary>Blanks, a comment and the end of the line; anything else is an error.</summary>
    public void EndLine()
    {
        SkipBlanks();
        SkipComment();
        if (Current == '\r' && Peek(1) == '\n') Take();
        if (!IsEnd && !TryTake('\n'))
            throw Error($"'{Shown}' stands where the line should end", "one key or table to a line");
    }

    /// <summary>Blanks, comments and line ends, as inside an array.</summary>
    public void SkipSpace()
    {
        while (true)
        {
            TakeWhile(c => c is ' ' or '\t');
            SkipComment();
            if (Current == '\r' && Peek(1) == '\n') Take();
            if (!TryTake('\n')) return;
        }
    }

    public TomlSyntaxException Error(string what, string hint) => new(Line, what, hint);

    /// <summary>The current character as a message may show it.</summary>
    public string Shown => IsEnd ? "the end" : char.IsControl(Current) ? $"U+{(int)Current:X4}" : Current.ToString();

    private void SkipComment()
    {
        if (Current != '#' || IsEnd) return;
        TakeWhile(c => c is not '\n' and not '\r' && (c == '\t' || !char.IsControl(c)));
        if (!IsLineEnd) throw Error($"{Shown} stands in a comment", "remove the control character");
    }
}
