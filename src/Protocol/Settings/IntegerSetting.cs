using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>A whole number.</summary>
public sealed class IntegerSetting : SettingKey<long>
{
    private readonly long _min, _max;

    /// <param name="section">The table; empty for the top of the file.</param>
    /// <param name="name">The key.</param>
    /// <param name="summary">What it is for.</param>
    /// <param name="min">Smallest value.</param>
    /// <param name="max">Largest value.</param>
    /// <param name="fallback">The default; null where the key must stand in the file.</param>
    public IntegerSetting(string section, string name, string summary, long min, long max, long? fallback = null)
        : base(section, name, summary, fallback ?? 0, fallback is null)
    {
        if (min > max) throw new ArgumentException("an empty range", nameof(max));
        (_min, _max) = (min, max);
    }

    /// <inheritdoc/>
    public override string Range => $"whole number, {CanonicalToml.Integer(_min)} to {CanonicalToml.Integer(_max)}";

    /// <inheritdoc/>
    public override string Write(long value) => CanonicalToml.Integer(value);

    internal override bool TryConvert(TomlValue toml, out long value, [NotNullWhen(false)] out string? problem)
    {
        value = toml is TomlInteger integer ? integer.Value : 0;
        if (toml is not TomlInteger) problem = Not(toml);
        else if (value < _min || value > _max) problem = $"'{Path}' is {CanonicalToml.Integer(value)}";
        else problem = null;
        return problem is null;
    }
}
