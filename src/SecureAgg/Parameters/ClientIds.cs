namespace FedMeta.SecureAgg;

/// <summary>The form of a client id: 1 to 48 of the characters a to z, 0 to 9 and the hyphen.</summary>
public static class ClientIds
{
    /// <summary>Greatest length of an id, in characters (and bytes).</summary>
    public const int MaximumLength = 48;

    /// <summary>Whether <paramref name="id"/> has that form.</summary>
    public static bool IsValid(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > MaximumLength) return false;
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-') return false;
        }

        return true;
    }

    /// <summary>Whether two lists that ascend strictly have an id in common.</summary>
    internal static bool HaveCommon(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        for (var (i, j) = (0, 0); i < first.Count && j < second.Count;)
        {
            var order = string.CompareOrdinal(first[i], second[j]);
            if (order == 0) return true;
            if (order < 0) i++;
            else j++;
        }

        return false;
    }

    /// <summary>Whether the ids ascend strictly, so that none stands twice and a set has one spelling.</summary>
    internal static bool AscendStrictly(IEnumerable<string> ids)
    {
        string? previous = null;
        foreach (var id in ids)
        {
            if (previous is not null && string.CompareOrdinal(previous, id) >= 0) return false;
            previous = id;
        }

        return true;
    }
}
