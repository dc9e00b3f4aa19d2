using System.Text;

namespace FedMeta.Protocol;

/// <summary>
/// Client ids: 1 to 48 characters of <c>a-z 0-9 -</c>, made once from the hospital's name and never changed.
/// </summary>
public static class ClientId
{
    /// <summary>Longest id.</summary>
    public const int MaxLength = 48;

    private static readonly string[] Reserved = ["server", "operator", "journal", "consortium"];

    /// <summary>Whether <paramref name="text"/> can be a client id.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && !Reserved.Contains(text);

    /// <summary>
    /// The id of a name: <c>Seoul General</c> becomes <c>seoul-general</c>. A name that does not survive whole (other
    /// scripts, too long, reserved) gets the first 8 hexadecimal digits of its SHA-256 at the end, so that two of them
    /// differ.
    /// </summary>
    /// <param name="name">The hospital's name as people write it; not blank.</param>
    public static string FromName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var id = new StringBuilder();
        var isWhole = true;
        foreach (var c in name.Trim())
        {
            if (char.IsAsciiLetterOrDigit(c)) id.Append(char.ToLowerInvariant(c));
            else if (id.Length > 0 && id[^1] != '-') id.Append('-');
            isWhole &= char.IsAscii(c);
        }

        var slug = id.ToString().Trim('-');
        if (isWhole && IsValid(slug)) return slug;
        var mark = Sha256Digest.Of(Encoding.UTF8.GetBytes(name.Trim())).ToString()[..8];
        var room = MaxLength - mark.Length - 1;
        return slug.Length == 0 ? $"site-{mark}" : $"{slug[..Math.Min(slug.Length, room)].TrimEnd('-')}-{mark}";
    }
}
