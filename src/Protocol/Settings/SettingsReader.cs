namespace FedMeta.Protocol;

/// <summary>
/// The content of a file, held against its keys. Every unknown key, wrong type, value out of range and missing key is
/// found at once; a value that is wrong reads as its default, so that checks that compare keys can go on.
/// </summary>
public sealed class SettingsReader
{
    private readonly List<DocumentProblem> _problems = [];
    private readonly SettingSet _set;
    private readonly HashSet<string> _wrong = new(StringComparer.Ordinal);

    private SettingsReader(SettingSet set) => _set = set;

    /// <summary>Everything that is wrong, in the order of the lines.</summary>
    public IReadOnlyList<DocumentProblem> Problems => [.. _problems.OrderBy(problem => problem.Line)];

    internal TomlTable Root { get; private set; } = new(1);

    /// <summary>Reads a text. Never throws for what it holds.</summary>
    public static SettingsReader Read(ReadOnlySpan<byte> utf8, SettingSet set) => Read(utf8, set, []);

    /// <summary>The same, with tables in <paramref name="free"/> whose content the caller checks.</summary>
    internal static SettingsReader Read(ReadOnlySpan<byte> utf8, SettingSet set, IReadOnlyList<string> free)
    {
        ArgumentNullException.ThrowIfNull(set);
        var reader = new SettingsReader(set);
        reader.Root = TomlReader.Read(utf8, reader._problems);
        UnknownKeys.Find(reader.Root, set, free, reader._problems);
        foreach (var key in set.Keys) reader.Check(key);
        return reader;
    }

    /// <summary>The value of a key, or its default where the file lacks it or it is wrong.</summary>
    /// <exception cref="ArgumentException">The key is not one of this file's.</exception>
    public T Get<T>(SettingKey<T> key)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!_set.Keys.Contains(key)) throw new ArgumentException($"{key.Path} is not a key of this file", nameof(key));
        if (Find(key) is { } toml && key.TryConvert(toml, out var value, out _)) return value;
        return key.IsRequired ? default! : key.Default;
    }

    /// <summary>Whether the key stands in the file with a value that it may have.</summary>
    public bool Has(SettingKey key) => Find(key) is not null && IsRight(key);

    /// <summary>Whether nothing was wrong with the keys, so that it makes sense to compare them.</summary>
    public bool IsRight(params ReadOnlySpan<SettingKey> keys)
    {
        foreach (var key in keys)
        {
            if (_wrong.Contains(key.Path)) return false;
        }

        return true;
    }

    /// <summary>Adds a problem that only a comparison could find.</summary>
    public void Refuse(SettingKey key, string what, string hint)
    {
        ArgumentNullException.ThrowIfNull(key);
        Refuse(Find(key)?.Line ?? 0, what, hint);
    }

    internal void Refuse(int line, string what, string hint)
    {
        if (_problems.Count < TomlLimits.Problems) _problems.Add(new(line, what, hint));
    }

    internal TomlValue? Find(string path)
    {
        TomlValue? value = Root;
        foreach (var part in path.Split('.'))
        {
            if (value is not TomlTable table || !table.TryGet(part, out value)) return null;
        }

        return value;
    }

    private TomlValue? Find(SettingKey key) => Find(key.Path);

    private void Check(SettingKey key)
    {
        var value = Find(key);
        if (value is null && key.DefaultText is not null) return;
        var problem = value is null ? $"'{key.Path}' is missing" : key.Check(value);
        if (problem is null) return;
        _wrong.Add(key.Path);
        Refuse(value?.Line ?? 0, problem, $"{key.Summary}: {key.Range}");
    }
}
