using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FedMeta.Protocol;

/// <summary>
/// A duration of whole seconds, minutes, hours or days, in quotes: <c>"90s"</c>, <c>"5m"</c>, <c>"2h"</c>, <c>"7d"</c>.
/// </summary>
public sealed class DurationSetting : SettingKey<TimeSpan>
{
    private readonly TimeSpan _min, _max;

    /// <param name="section">The table; empty for the top of the file.</param>
    /// <param name="name">The key.</param>
    /// <param name="summary">What it is for.</param>
    /// <param name="min">Shortest, whole seconds.</param>
    /// <param name="max">Longest, whole seconds.</param>
    /// <param name="fallback">The default; null where the key must stand in the file.</param>
    public DurationSetting(
        string section, string name, string summary, TimeSpan min, TimeSpan max, TimeSpan? fallback = null)
        : base(section, name, summary, fallback ?? default, fallback is null)
    {
        if (min > max) throw new ArgumentException("an empty range", nameof(max));
        (_min, _max) = (min, max);
    }

    /// <inheritdoc/>
    public override string Range => $"duration, {Write(_min)} to {Write(_max)}, in s, m, h or d";

    /// <inheritdoc/>
    public override string Write(TimeSpan value) => CanonicalToml.Text(CanonicalToml.Duration(value));

    internal override bool TryConvert(TomlValue toml, out TimeSpan value, [NotNullWhen(false)] out string? problem)
    {
        value = default;
        if (toml is not TomlText text) problem = Not(toml);
        else if (!TryParse(text.Value, out value) || value < _min || value > _max)
            problem = $"'{Path}' is {CanonicalToml.Text(text.Value.Length <= 40 ? text.Value : text.Value[..40])}";
        else problem = null;
        return problem is null;
    }

    private static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        var unit = text.Length > 0 ? text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 } : 0;
        if (unit == 0 || text.Length > 10) return false;
        if (!long.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        value = TimeSpan.FromTicks(checked(count * unit * TimeSpan.TicksPerSecond));
        return true;
    }
}
