namespace FedMeta.Protocol;

/// <summary>
/// A key that a person may write in a file: where it stands, what it may be, what it is where it is missing. Reading,
/// the messages about mistakes, writing a file and the reference page are all made from this one place.
/// </summary>
public abstract class SettingKey
{
    /// <param name="section">The table it stands in; empty for the top of the file.</param>
    /// <param name="name">The key.</param>
    /// <param name="summary">What it is for, one line without the final stop.</param>
    private protected SettingKey(string section, string name, string summary)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(summary);
        Section = section;
        Name = name;
        Summary = summary;
    }

    /// <summary>The table it stands in; empty for the top of the file.</summary>
    public string Section { get; }

    /// <summary>The key.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public string Summary { get; }

    /// <summary>Table and key: <c>privacy.epsilon</c>.</summary>
    public string Path => Section.Length == 0 ? Name : $"{Section}.{Name}";

    /// <summary>What it may be, in words: <c>whole number, 1 to 100</c>.</summary>
    public abstract string Range { get; }

    /// <summary>The default as it would be written, or null where the key must stand in the file.</summary>
    public abstract string? DefaultText { get; }

    /// <summary>What is wrong with a value, in words; null where nothing is.</summary>
    internal abstract string? Check(TomlValue value);
}
