using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>One word of a closed list.</summary>
public sealed class WordSetting : SettingKey<string>
{
    /// <param name="section">The table; empty for the top of the file.</param>
    /// <param name="name">The key.</param>
    /// <param name="summary">What it is for.</param>
    /// <param name="words">All that it may be.</param>
    /// <param name="fallback">The default; null where the key must stand in the file.</param>
    public WordSetting(
        string section, string name, string summary, IReadOnlyList<string> words, string? fallback = null)
        : base(section, name, summary, fallback, fallback is null)
    {
        ArgumentNullException.ThrowIfNull(words);
        Words = words;
    }

    /// <summary>All that it may be.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <inheritdoc/>
    public override string Range => "one of " + string.Join(", ", Words);

    /// <inheritdoc/>
    public override string Write(string value) => CanonicalToml.Text(value);

    internal override bool TryConvert(
        TomlValue toml, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? problem)
    {
        value = (toml as TomlText)?.Value;
        problem = value is null ? Not(toml) : Words.Contains(value) ? null : $"'{Path}' is {CanonicalToml.Text(value)}";
        if (problem is not null && value is not null && NearestWord.Find(value, Words) is { } near)
            problem += $"; did you mean \"{near}\"?";
        return problem is null;
    }
}
