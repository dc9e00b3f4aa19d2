using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>A key whose value is a <typeparamref name="T"/>.</summary>
public abstract class SettingKey<T> : SettingKey
    where T : notnull
{
    private readonly T? _default;

    private protected SettingKey(string section, string name, string summary, T? fallback, bool isRequired)
        : base(section, name, summary)
    {
        _default = fallback;
        IsRequired = isRequired;
    }

    /// <summary>Whether the key must stand in the file.</summary>
    public bool IsRequired { get; }

    /// <summary>What the key is where the file lacks it.</summary>
    /// <exception cref="InvalidOperationException">The key must stand in the file.</exception>
    public T Default => IsRequired ? throw new InvalidOperationException($"{Path} has no default") : _default!;

    /// <inheritdoc/>
    public override string? DefaultText => IsRequired ? null : Write(Default);

    /// <summary>The value in its canonical spelling.</summary>
    public abstract string Write(T value);

    /// <summary>Reads a value; <paramref name="problem"/> says why it cannot be.</summary>
    internal abstract bool TryConvert(
        TomlValue toml, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? problem);

    internal sealed override string? Check(TomlValue value) =>
        TryConvert(value, out _, out var problem) ? null : problem;

    private protected string Not(TomlValue value) => $"'{Path}' is {value.Kind}";
}
