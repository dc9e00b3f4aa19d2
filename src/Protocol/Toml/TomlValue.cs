namespace FedMeta.Protocol;

/// <summary>A value of a TOML text, with the line where it stands.</summary>
internal abstract record TomlValue(int Line)
{
    /// <summary>What it is, in words, for messages.</summary>
    public abstract string Kind { get; }
}

internal sealed record TomlText(int Line, string Value) : TomlValue(Line)
{
    public override string Kind => "a text";
}

internal sealed record TomlInteger(int Line, long Value) : TomlValue(Line)
{
    public override string Kind => "a whole number";
}

internal sealed record TomlNumber(int Line, double Value) : TomlValue(Line)
{
    public override string Kind => "a number";
}

internal sealed record TomlToggle(int Line, bool Value) : TomlValue(Line)
{
    public override string Kind => "true or false";
}

internal sealed record TomlArray(int Line, IReadOnlyList<TomlValue> Items) : TomlValue(Line)
{
    public override string Kind => "a list";
}
