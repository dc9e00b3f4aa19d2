using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>A text of one line without control or hidden characters.</summary>
public sealed class TextSetting : SettingKey<string>
{
    private readonly int _max;
    private readonly Func<string, bool> _accept;
    private readonly string _form;

    /// <param name="section">The table; empty for the top of the file.</param>
    /// <param name="name">The key.</param>
    /// <param name="summary">What it is for.</param>
    /// <param name="max">Most characters.</param>
    /// <param name="fallback">The default, which may be empty; null where the key must stand in the file.</param>
    /// <param name="accept">What else must hold for a text that is not empty; null for nothing.</param>
    /// <param name="form">What <paramref name="accept"/> wants, in words; null where it is null.</param>
    public TextSetting(
        string section,
        string name,
        string summary,
        int max,
        string? fallback = null,
        Func<string, bool>? accept = null,
        string? form = null)
        : base(section, name, summary, fallback, fallback is null)
    {
        _max = max;
        _accept = accept ?? (_ => true);
        _form = form ?? $"text of {(fallback?.Length == 0 ? "0" : "1")} to {max} characters";
    }

    /// <inheritdoc/>
    public override string Range => _form;

    /// <inheritdoc/>
    public override string Write(string value) => CanonicalToml.Text(value);

    internal override bool TryConvert(
        TomlValue toml, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? problem)
    {
        value = (toml as TomlText)?.Value;
        if (value is null) problem = Not(toml);
        else if (value.Length == 0 && !IsRequired && Default.Length == 0) problem = null;
        else if (PlainText.IsOneLine(value, _max) && _accept(value)) problem = null;
        else problem = $"'{Path}' is {CanonicalToml.Text(value.Length <= 80 ? value : value[..80])}";
        return problem is null;
    }
}
