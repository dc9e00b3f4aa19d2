namespace FedMeta.Protocol;

/// <summary>All keys of one kind of file, in the order in which they are written.</summary>
public sealed class SettingSet
{
    /// <param name="title">What the file is, for its first line: <c>client.toml: the hospital's agent</c>.</param>
    /// <param name="maxKeys">How many keys the file may have at most; a file with more options than that is not
    /// understood.</param>
    /// <param name="keys">The keys; those of one table stand together.</param>
    /// <exception cref="ArgumentException">More keys than allowed, or one twice.</exception>
    public SettingSet(string title, int maxKeys, IReadOnlyList<SettingKey> keys)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count > maxKeys)
            throw new ArgumentException($"{keys.Count} keys are more than {maxKeys}", nameof(keys));
        if (keys.DistinctBy(key => key.Path).Count() != keys.Count)
            throw new ArgumentException("a key stands twice", nameof(keys));
        Title = title;
        Keys = keys;
    }

    /// <summary>What the file is.</summary>
    public string Title { get; }

    /// <summary>The keys in order.</summary>
    public IReadOnlyList<SettingKey> Keys { get; }

    /// <summary>The tables in order; empty text for the top of the file.</summary>
    internal IEnumerable<string> Sections => Keys.Select(key => key.Section).Distinct();
}
