namespace FedMeta.Protocol;

/// <summary>Finds what somebody who mistyped meant (Levenshtein 1966, with neighbours swapped counted once).</summary>
public static class NearestWord
{
    // Longer words are not compared: the table would grow with what a stranger wrote.
    private const int MaxLength = 64;

    /// <summary>
    /// The nearest of <paramref name="known"/>, letters without case, if it is at most a third of the word (at least one
    /// letter) away; null where none is, or the word is empty or longer than 64 characters.
    /// </summary>
    public static string? Find(string written, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(known);
        if (written.Length is 0 or > MaxLength) return null;
        string? best = null;
        var least = Math.Max(1, written.Length / 3) + 1;
        foreach (var candidate in known.Where(word => word.Length <= MaxLength))
        {
            var distance = Distance(written.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < least) (best, least) = (candidate, distance);
        }

        return best;
    }

    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) cost[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) cost[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replace, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                var isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if (isSwap) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }
}
