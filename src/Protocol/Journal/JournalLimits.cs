namespace FedMeta.Protocol;

/// <summary>The bounds of a journal that writer and reader both enforce.</summary>
public static class JournalLimits
{
    /// <summary>Longest line in bytes, its line feed included: 4 MiB.</summary>
    public const int LineBytes = 4 << 20;

    /// <summary>Longest actor in UTF-16 characters.</summary>
    public const int ActorLength = 128;

    /// <summary>Longest type in characters.</summary>
    public const int TypeLength = 64;

    internal static bool IsType(string type) =>
        type.Length is > 0 and <= TypeLength
        && type.Split('.').All(
            word => word.Length > 0 && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));

    internal static bool IsActor(string actor) => actor.Length is > 0 and <= ActorLength;
}
