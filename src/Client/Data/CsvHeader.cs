using System.Globalization;
using FedMeta.Protocol;

namespace FedMeta.Client.Data;

/// <summary>Where the study's columns stand in a file. Columns that the study does not name are never looked
/// at.</summary>
/// <param name="Width">Number of columns in the file.</param>
/// <param name="Features">Position of each feature, in the study's order.</param>
/// <param name="Label">Position of the label.</param>
/// <param name="Time">Position of the time; null where the study needs none.</param>
/// <param name="Fold">Position of the fold column; null where the file has none.</param>
internal sealed record CsvHeader(int Width, int[] Features, int Label, int? Time, int? Fold)
{
    /// <summary>Finds the columns; whatever is wrong goes into <paramref name="problems"/> and the answer is
    /// null.</summary>
    public static CsvHeader? Match(string[] names, DataContract contract, List<DataProblem> problems)
    {
        var before = problems.Count;
        if (names.Length == 1 && names[0].AsSpan().IndexOfAny(';', '\t') >= 0)
        {
            problems.Add(new(DataFault.WrongSeparator, "the columns are not separated by commas",
                "save the file as 'CSV (comma separated)', with a point as decimal sign"));
            return null;
        }

        // Without a header the first row is a patient: nothing of it may be repeated in a message.
        if (names.Count(LooksLikeAValue) * 2 > names.Length)
        {
            problems.Add(new(DataFault.NoHeader, "the first row holds values, not the names of the columns",
                "export the file with a header row"));
            return null;
        }

        // By number: what stands there may be a patient's after all.
        foreach (var doubled in Enumerable.Range(0, names.Length).GroupBy(i => names[i], StringComparer.Ordinal)
            .Where(group => group.Count() > 1))
        {
            var numbers = string.Join(" and ", doubled.Select(i => i + 1));
            problems.Add(new(DataFault.DuplicateHeader, $"the header gives columns {numbers} the same name",
                "rename or remove one of them; a file without a header row gets one"));
        }

        int Position(string wanted)
        {
            var position = Array.IndexOf(names, wanted);
            if (position < 0)
                problems.Add(new(DataFault.MissingColumn, $"the study needs a column '{wanted}' and the file has none",
                    NearestWord.Find(wanted, names) is { } near
                        ? $"the nearest column of the file is '{Shorten(near)}'; rename it if that is the one meant"
                        : "see the study's data section with 'fedmeta-client study show'"));
            return position;
        }

        int[] features = [.. contract.Features.Select(Position)];
        var label = Position(contract.Label);
        int? time = contract.Time is { } name ? Position(name) : null;
        var fold = contract.Fold is null ? -1 : Array.IndexOf(names, contract.Fold);
        return problems.Count > before ? null : new CsvHeader(names.Length, features, label, time, fold < 0 ? null : fold);
    }

    private static bool LooksLikeAValue(string name) =>
        CellReader.IsMissing(name) || double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "...";
}
