using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>A list of whole numbers.</summary>
/// <param name="section">The table; empty for the top of the file.</param>
/// <param name="name">The key.</param>
/// <param name="summary">What it is for.</param>
/// <param name="maxCount">Most entries; none is allowed.</param>
/// <param name="min">Smallest entry.</param>
/// <param name="max">Largest entry.</param>
public sealed class IntegerListSetting(string section, string name, string summary, int maxCount, int min, int max)
    : SettingKey<IReadOnlyList<int>>(section, name, summary, [], isRequired: false)
{
    /// <inheritdoc/>
    public override string Range => $"list of up to {maxCount} whole numbers, {min} to {max}";

    /// <inheritdoc/>
    public override string Write(IReadOnlyList<int> value) =>
        CanonicalToml.List(value.Select(item => CanonicalToml.Integer(item)));

    internal override bool TryConvert(
        TomlValue toml, [NotNullWhen(true)] out IReadOnlyList<int>? value, [NotNullWhen(false)] out string? problem)
    {
        value = null;
        if (toml is not TomlArray array) problem = Not(toml);
        else if (array.Items.Count > maxCount) problem = $"'{Path}' has {array.Items.Count} entries";
        else if (array.Items.FirstOrDefault(IsOutside) is { } wrong) problem = $"'{Path}' has {Show(wrong)} in it";
        else
        {
            value = [.. array.Items.Select(item => (int)((TomlInteger)item).Value)];
            problem = null;
            return true;
        }

        return false;
    }

    private bool IsOutside(TomlValue item) => item is not TomlInteger whole || whole.Value < min || whole.Value > max;

    private static string Show(TomlValue item) =>
        item is TomlInteger whole ? CanonicalToml.Integer(whole.Value) : item.Kind;
}
