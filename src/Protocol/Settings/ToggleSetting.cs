using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>True or false.</summary>
/// <param name="section">The table; empty for the top of the file.</param>
/// <param name="name">The key.</param>
/// <param name="summary">What it is for.</param>
/// <param name="fallback">The default.</param>
public sealed class ToggleSetting(string section, string name, string summary, bool fallback)
    : SettingKey<bool>(section, name, summary, fallback, isRequired: false)
{
    /// <inheritdoc/>
    public override string Range => "true or false";

    /// <inheritdoc/>
    public override string Write(bool value) => CanonicalToml.Toggle(value);

    internal override bool TryConvert(TomlValue toml, out bool value, [NotNullWhen(false)] out string? problem)
    {
        value = toml is TomlToggle { Value: true };
        problem = toml is TomlToggle ? null : Not(toml);
        return problem is null;
    }
}
