namespace FedMeta.Protocol;

/// <summary>Bounds of a TOML text, so that reading hostile bytes costs little.</summary>
public static class TomlLimits
{
    /// <summary>Longest text in bytes: 256 KiB.</summary>
    public const int Bytes = 256 << 10;

    /// <summary>Longest key in characters.</summary>
    public const int KeyLength = 128;

    /// <summary>Most parts of a table's name, and most arrays inside one another.</summary>
    public const int Depth = 4;

    /// <summary>Most problems that are named; the reader stops there.</summary>
    public const int Problems = 100;
}
