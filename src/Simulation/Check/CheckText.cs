using System.Globalization;

namespace FedMeta.Simulation.Check;

/// <summary>What a person reads.</summary>
internal static class CheckText
{
    private const int FailuresShown = 20;

    public static void Write(IReadOnlyList<CheckReport> reports, TextWriter output)
    {
        foreach (var report in reports) Write(report, output);
        var failed = reports.Count(r => !r.Passed);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{reports.Count} files, {reports.Sum(r => r.RowsChecked)} rows checked, "
            + $"{reports.Sum(r => r.RowsNotChecked)} rows not checkable, {failed} files failed"));
        if (failed == 0 && reports.All(r => r.RowsChecked == 0)) output.WriteLine("nothing could be checked");
    }

    private static void Write(CheckReport report, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Verdict(report)} {report.Path}: {report.RowsChecked} rows checked, {report.RowsNotChecked} not "
            + $"checkable"));
        foreach (var column in report.Columns)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"         {column.Column}: {column.Compared} values, worst {column.Worst:G3} of "
                + $"{column.Tolerance:G3} allowed ({column.Measure}; {column.WorstRow})")
                + (column.Failed > 0 ? $", {column.Failed} FAILED" : ""));
        }

        foreach (var (reason, rows) in report.Unchecked) output.WriteLine(
            $"         not checked, {rows.Count} rows ({Some(rows)}): {reason}");
        foreach (var (reason, columns) in report.ColumnsNotChecked) output.WriteLine(
            $"         columns not compared ({string.Join(", ", columns)}): {reason}");
        foreach (var failure in report.Failures.Take(FailuresShown))
            output.WriteLine(
                $"  FAILED {failure.Row} {failure.Column}: ours {failure.Ours}, the file says {failure.Theirs} "
                + $"({failure.Why})");
        if (report.Failures.Count > FailuresShown) output.WriteLine(
            $"  and {report.Failures.Count - FailuresShown} more; --json lists them all");
    }

    private static string Verdict(CheckReport report) =>
        !report.Passed ? "FAILED" : report.RowsChecked > 0 ? "ok    " : "none  ";

    private static string Some(List<string> rows) => string.Join(", ", rows.Take(3)) + (rows.Count > 3 ? ", ..." : "");
}
