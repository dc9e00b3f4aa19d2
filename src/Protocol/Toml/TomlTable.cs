using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>A table of a TOML text; its keys stay in the order in which they were written.</summary>
internal sealed record TomlTable(int Line) : TomlValue(Line)
{
    private readonly Dictionary<string, TomlValue> _values = new(StringComparer.Ordinal);
    private readonly List<string> _keys = [];

    public override string Kind => "a table";

    public IReadOnlyList<string> Keys => _keys;

    /// <summary>Whether a header of its own opened it: a second one would be a duplicate.</summary>
    public bool IsOpened { get; set; }

    public TomlValue this[string key] => _values[key];

    public bool TryGet(string key, [NotNullWhen(true)] out TomlValue? value) => _values.TryGetValue(key, out value);

    public bool TryAdd(string key, TomlValue value)
    {
        if (!_values.TryAdd(key, value)) return false;
        _keys.Add(key);
        return true;
    }
}

/// <summary>Tables that were opened with double brackets, in order.</summary>
internal sealed record TomlTableArray(int Line) : TomlValue(Line)
{
    public override string Kind => "tables in double brackets";

    public List<TomlTable> Tables { get; } = [];
}
