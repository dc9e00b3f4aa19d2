using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>A list of texts.</summary>
/// <param name="section">The table; empty for the top of the file.</param>
/// <param name="name">The key.</param>
/// <param name="summary">What it is for.</param>
/// <param name="maxCount">Most entries; none is allowed.</param>
/// <param name="maxLength">Most characters of an entry.</param>
public sealed class TextListSetting(string section, string name, string summary, int maxCount, int maxLength)
    : SettingKey<IReadOnlyList<string>>(section, name, summary, [], isRequired: false)
{
    /// <inheritdoc/>
    public override string Range => $"list of up to {maxCount} texts of 1 to {maxLength} characters";

    /// <inheritdoc/>
    public override string Write(IReadOnlyList<string> value) => CanonicalToml.List(value.Select(CanonicalToml.Text));

    internal override bool TryConvert(
        TomlValue toml, [NotNullWhen(true)] out IReadOnlyList<string>? value, [NotNullWhen(false)] out string? problem)
    {
        value = null;
        if (toml is not TomlArray array) problem = Not(toml);
        else if (array.Items.Count > maxCount) problem = $"'{Path}' has {array.Items.Count} entries";
        else if (array.Items.Any(item => item is not TomlText text || !PlainText.IsOneLine(text.Value, maxLength)))
            problem = $"'{Path}' has an entry that is no such text";
        else
        {
            value = [.. array.Items.Select(item => ((TomlText)item).Value)];
            problem = null;
            return true;
        }

        return false;
    }
}
