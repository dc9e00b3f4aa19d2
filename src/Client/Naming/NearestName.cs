namespace FedMeta.Client.Naming;

/// <summary>Finds the name that someone who mistyped probably meant (Levenshtein distance, letters without
/// case).</summary>
internal static class NearestName
{
    /// <summary>The candidate at most a third of the length away from <paramref name="written"/>; null where none
    /// is.</summary>
    public static string? Find(string written, IEnumerable<string> candidates)
    {
        var best = candidates
            .Select(name => (name, distance: Distance(written.ToUpperInvariant(), name.ToUpperInvariant())))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.name is not null && best.distance <= Math.Max(1, (written.Length + 1) / 3) ? best.name : null;
    }

    /// <summary>A hint ready to print: "did you mean X?" or, without a near name, <paramref
    /// name="otherwise"/>.</summary>
    public static string Hint(string written, IEnumerable<string> candidates, string otherwise) =>
        Find(written, candidates) is { } name ? $"did you mean '{name}'?" : otherwise;

    private static int Distance(string a, string b)
    {
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
