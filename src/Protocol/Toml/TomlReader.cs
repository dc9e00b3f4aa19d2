using System.Text;

namespace FedMeta.Protocol;

/// <summary>
/// Reads a strict subset of TOML 1.0 (toml.io): tables, sub-tables, tables in double brackets, one-line texts, whole
/// numbers, numbers, true and false, lists, comments. Left out, and refused with a hint: dotted keys, inline tables,
/// texts over several lines, dates, other number bases, infinities. Every problem is named with its line; hostile bytes
/// give problems, never exceptions, in time and memory proportional to their length.
/// </summary>
internal sealed class TomlReader
{
    private readonly TomlCursor _cursor;
    private readonly List<DocumentProblem> _problems;
    private readonly TomlTable _root = new(1) { IsOpened = true };
    private TomlTable _table;

    private TomlReader(string text, List<DocumentProblem> problems)
    {
        _cursor = new TomlCursor(text);
        _problems = problems;
        _table = _root;
    }

    /// <summary>
    /// Reads a text; what is wrong in it is added to <paramref name="problems"/>, and the rest is read all the same.
    /// </summary>
    public static TomlTable Read(ReadOnlySpan<byte> utf8, List<DocumentProblem> problems)
    {
        if (utf8.Length > TomlLimits.Bytes)
        {
            problems.Add(new(0, $"the text has {utf8.Length} bytes", $"at most {TomlLimits.Bytes} are read"));
            return new TomlTable(1);
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new(0, "the text is not UTF-8", "save it as UTF-8 in the editor"));
            return new TomlTable(1);
        }

        // Some editors put a byte order mark in front.
        return new TomlReader(text.StartsWith('\uFEFF') ? text[1..] : text, problems).ReadLines();
    }

    private TomlTable ReadLines()
    {
        while (!_cursor.IsEnd && _problems.Count < TomlLimits.Problems)
        {
            try
            {
                ReadLine();
            }
            catch (TomlSyntaxException error)
            {
                _problems.Add(error.Problem);
                _cursor.SkipLine();
            }
        }

        return _root;
    }

    private void ReadLine()
    {
        _cursor.SkipBlanks();
        if (_cursor.Current == '[') ReadHeader();
        else if (!_cursor.IsLineEnd && _cursor.Current != '#') ReadPair();
        _cursor.EndLine();
    }

    private void ReadPair()
    {
        var line = _cursor.Line;
        var key = ReadKey();
        _cursor.SkipBlanks();
        if (_cursor.Current == '.') throw _cursor.Error($"'{key}' is followed by a dot", $"open a table: [{key}]");
        if (!_cursor.TryTake('=')) throw _cursor.Error($"'{key}' has no value", $"write {key} = value");
        _cursor.SkipBlanks();
        var value = TomlValues.Read(_cursor);
        if (!_table.TryAdd(key, value))
            _problems.Add(new(line, $"'{key}' stands twice", "remove one of the two lines"));
    }

    private void ReadHeader()
    {
        var line = _cursor.Line;
        _cursor.Take();
        var isArray = _cursor.TryTake('[');

        // Whatever follows a wrong header must not fall into the table before it.
        _table = new TomlTable(line);
        var path = new List<string>();
        do
        {
            _cursor.SkipBlanks();
            path.Add(ReadKey());
            _cursor.SkipBlanks();
        }
        while (_cursor.TryTake('.'));

        if (!_cursor.TryTake(']') || (isArray && !_cursor.TryTake(']')))
            throw _cursor.Error("a table's name has no closing bracket", isArray ? "write [[name]]" : "write [name]");
        if (path.Count > TomlLimits.Depth) throw _cursor.Error("a table's name has too many parts", "at most 4");
        _table = Open(line, path, isArray) ?? _table;
    }

    private TomlTable? Open(int line, List<string> path, bool isArray)
    {
        var table = _root;
        foreach (var part in path.SkipLast(1))
        {
            if (!table.TryGet(part, out var step)) table.TryAdd(part, step = new TomlTable(line));
            if (Inside(step) is not { } inner) return Clash(line, part);
            table = inner;
        }

        var name = path[^1];
        var isThere = table.TryGet(name, out var value);
        if (isArray)
        {
            if (!isThere) table.TryAdd(name, value = new TomlTableArray(line));
            if (value is not TomlTableArray array) return Clash(line, name);
            array.Tables.Add(new TomlTable(line) { IsOpened = true });
            return array.Tables[^1];
        }

        if (!isThere) table.TryAdd(name, value = new TomlTable(line));
        if (value is not TomlTable { IsOpened: false } opened) return Clash(line, name);
        opened.IsOpened = true;
        return opened;
    }

    private static TomlTable? Inside(TomlValue? value) => value switch
    {
        TomlTable table => table,
        TomlTableArray array => array.Tables[^1],
        _ => null,
    };

    private TomlTable? Clash(int line, string name)
    {
        _problems.Add(new(line, $"'{name}' stands twice", "merge the two, or remove one"));
        return null;
    }

    private string ReadKey()
    {
        string key;
        if (_cursor.Current is '"' or '\'') key = TomlValues.ReadText(_cursor);
        else key = _cursor.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        if (key.Length == 0) throw _cursor.Error($"'{_cursor.Shown}' stands where a key should", "write key = value");
        return key.Length <= TomlLimits.KeyLength
            ? key
            : throw _cursor.Error("a key is too long", $"at most {TomlLimits.KeyLength} characters");
    }
}
