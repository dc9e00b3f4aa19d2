using System.Text.Json;

namespace FedMeta.Simulation.Check;

/// <summary>Finds oracle files, gives each to its format, and sees to it that no row is lost on the way.</summary>
internal static class OracleRunner
{
    /// <summary>
    /// The files of the given paths; a folder means every .json file in it and below, in order of path.
    /// </summary>
    public static IEnumerable<string> FilesOf(IEnumerable<string> paths) =>
        paths.SelectMany(path => Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : Enumerable.Repeat(path, 1));

    public static CheckReport Check(string path)
    {
        var report = new CheckReport(path);
        var (file, problem) = OracleFile.Read(path);
        if (file is null)
        {
            report.Fail("file", "document", "unreadable", "an oracle file", problem!);
            return report;
        }

        if (OracleFormats.All.FirstOrDefault(f => f.Recognises(file)) is not { } format)
        {
            report.CannotCheck("file", "no format known here has this file name and these columns");
            return report;
        }

        report.Format = format.GetType().Name;
        CheckCounts(file, report);
        format.Check(file, report);
        foreach (var row in format.RowsOf(file).Where(row => !report.Knows(row)))
            report.Fail(row, "row", "neither checked nor explained", "every row is one or the other",
                "the check passed over this row");
        return report;
    }

    /// <summary>
    /// A table of n rows beside a count that says otherwise has lost rows or gained some. The counts are row_count for
    /// rows, and
    /// NAME_row_count, or the start of a name, for the other tables.
    /// </summary>
    private static void CheckCounts(OracleFile file, CheckReport report)
    {
        foreach (var property in file.Root.EnumerateObject())
        {
            if (!property.Name.EndsWith("row_count", StringComparison.Ordinal)
                || property.Value.ValueKind != JsonValueKind.Number) continue;
            var table = property.Name == "row_count" ? "rows" : property.Name[..^"_row_count".Length];
            var match = file.Root.EnumerateObject().FirstOrDefault(p =>
                p.Value.ValueKind == JsonValueKind.Array
                    && (p.Name == table || p.Name.StartsWith(table + "_", StringComparison.Ordinal)));
            if (match.Value.ValueKind != JsonValueKind.Array) continue;
            var (said, there) = (property.Value.GetInt32(), match.Value.GetArrayLength());
            if (said != there)
                report.Fail(match.Name, property.Name, $"{there} rows in the file", $"{said} rows",
                    "rows are missing from the file, or added");
        }
    }
}
