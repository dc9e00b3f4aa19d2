using System.Text.RegularExpressions;

namespace FedMeta.Architecture.Tests;

internal static partial class MarkdownLinks
{
    /// <summary>Targets of inline links and pictures that are relative paths, without their fragment.</summary>
    public static IEnumerable<string> In(string markdown) =>
        Link().Matches(markdown)
            .Select(m => m.Groups[1].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
                             && !target.StartsWith("mailto:", StringComparison.Ordinal));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
