using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>A number above a bound, or from it on, and up to another. Whole numbers may be written without a
/// point.</summary>
public sealed class NumberSetting : SettingKey<double>
{
    // Above this a whole number would not survive as a double.
    private const long Exact = 1L << 53;
    private readonly double _above, _max;
    private readonly bool _withBound;

    /// <param name="section">The table; empty for the top of the file.</param>
    /// <param name="name">The key.</param>
    /// <param name="summary">What it is for.</param>
    /// <param name="above">Every value is greater than this, or as great where it is allowed.</param>
    /// <param name="max">Largest value.</param>
    /// <param name="fallback">The default; null where the key must stand in the file.</param>
    /// <param name="withBound">Whether <paramref name="above"/> itself is allowed.</param>
    public NumberSetting(
        string section,
        string name,
        string summary,
        double above,
        double max,
        double? fallback = null,
        bool withBound = false)
        : base(section, name, summary, fallback ?? 0, fallback is null)
    {
        if (!(above < max)) throw new ArgumentException("an empty range", nameof(max));
        (_above, _max, _withBound) = (above, max, withBound);
    }

    /// <inheritdoc/>
    public override string Range =>
        $"number {(_withBound ? "from" : "above")} {CanonicalToml.Number(_above)}, up to {CanonicalToml.Number(_max)}";

    /// <inheritdoc/>
    public override string Write(double value) => CanonicalToml.Number(value);

    internal override bool TryConvert(TomlValue toml, out double value, [NotNullWhen(false)] out string? problem)
    {
        problem = TryRead(toml, out value) ? null : Not(toml);
        if (problem is null && !((value > _above || (_withBound && value == _above)) && value <= _max))
            problem = $"'{Path}' is {CanonicalToml.Number(value)}";
        return problem is null;
    }

    internal static bool TryRead(TomlValue toml, out double value)
    {
        value = toml switch
        {
            TomlNumber number => number.Value,
            TomlInteger { Value: >= -Exact and <= Exact } integer => integer.Value,
            _ => double.NaN,
        };
        return !double.IsNaN(value);
    }
}
