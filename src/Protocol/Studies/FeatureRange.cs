using System.Globalization;

namespace FedMeta.Protocol;

/// <summary>
/// A line for many columns with the same constants: <c>"px_0..px_783" = [0, 1]</c> stands for px_0, px_1 and so on, as
/// the columns of an image are.
/// </summary>
internal static class FeatureRange
{
    /// <summary>Fewest columns that the canonical text writes as a range. In a draft a range may be shorter.</summary>
    public const int Fewest = 16;

    private const string Dots = "..";

    /// <summary>Whether a key is meant as a range.</summary>
    public static bool IsRange(string key) => key.Contains(Dots, StringComparison.Ordinal);

    /// <summary>The names of a range in order; null where it is none.</summary>
    public static IReadOnlyList<string>? Names(string key)
    {
        var ends = key.Split(Dots);
        if (ends.Length != 2 || !TrySplit(ends[0], out var prefix, out var from)) return null;
        if (!TrySplit(ends[1], out var last, out var to) || last != prefix) return null;
        if (to <= from || to - from >= StudyKeys.MaxFeatures) return null;
        return [.. Enumerable.Range(from, to - from + 1).Select(number => Name(prefix, number))];
    }

    /// <summary>The lines of the canonical text: each maximal run of at least <see cref="Fewest"/> columns as a range.
    /// </summary>
    public static IEnumerable<(string Name, Feature First)> Fold(IReadOnlyList<Feature> features)
    {
        for (var start = 0; start < features.Count;)
        {
            var first = features[start];
            var end = start + 1;
            if (TrySplit(first.Name, out var prefix, out var number))
            {
                while (end < features.Count
                    && features[end] == first with { Name = Name(prefix, number + end - start) }) end++;
            }

            if (end - start < Fewest) end = start + 1;
            yield return (end - start == 1 ? first.Name : first.Name + Dots + features[end - 1].Name, first);
            start = end;
        }
    }

    private static string Name(string prefix, int number) =>
        prefix + number.ToString(CultureInfo.InvariantCulture);

    // Numbers as people count: no zeros in front, at most six digits.
    private static bool TrySplit(string name, out string prefix, out int number)
    {
        var digits = name.Length;
        while (digits > 0 && char.IsAsciiDigit(name[digits - 1])) digits--;
        prefix = name[..digits];
        number = 0;
        var text = name[digits..];
        return text.Length is > 0 and <= 6 && (text.Length == 1 || text[0] != '0')
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
