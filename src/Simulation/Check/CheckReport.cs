using System.Globalization;

namespace FedMeta.Simulation.Check;

/// <summary>
/// Collects what one file showed. Every row ends in exactly one of two piles: checked, or not checkable with a reason.
/// </summary>
internal sealed class CheckReport(string path)
{
    private readonly Dictionary<string, ColumnResult> _columns = [];
    private readonly Dictionary<string, List<string>> _unchecked = [];
    private readonly Dictionary<string, List<string>> _columnsNotChecked = [];
    private readonly HashSet<string> _checked = [];
    private readonly List<CheckFailure> _failures = [];

    public string Path { get; } = path;

    public string? Format { get; set; }

    public IReadOnlyCollection<ColumnResult> Columns => _columns.Values;

    public IReadOnlyList<CheckFailure> Failures => _failures;

    public int RowsChecked => _checked.Count;

    public int RowsNotChecked => _unchecked.Values.Sum(rows => rows.Count);

    /// <summary>Reason -> rows that cannot be checked for it.</summary>
    public IReadOnlyDictionary<string, List<string>> Unchecked => _unchecked;

    /// <summary>
    /// Reason -> columns whose values stand in the file for orientation, or belong to something FedMeta does not do.
    /// </summary>
    public IReadOnlyDictionary<string, List<string>> ColumnsNotChecked => _columnsNotChecked;

    public bool Passed => _failures.Count == 0;

    public bool IsChecked(string row) => _checked.Contains(row);

    public bool Knows(string row) => _checked.Contains(row) || _unchecked.Values.Any(rows => rows.Contains(row));

    /// <summary>|ours - theirs| / max(|theirs|, floor) must be at most the tolerance; equal infinities agree.</summary>
    public void Relative(string row, string column, double ours, double theirs, double tolerance,
        double floor = 1e-300) =>
        Deviation(row, column, ours.Equals(theirs) ? 0 : Math.Abs(ours - theirs) / Math.Max(Math.Abs(theirs), floor),
            tolerance,
            "relative", Text(ours), Text(theirs));

    /// <summary>|ours - theirs| must be at most the tolerance.</summary>
    public void Absolute(string row, string column, double ours, double theirs, double tolerance) =>
        Deviation(row, column, ours.Equals(theirs) ? 0 : Math.Abs(ours - theirs), tolerance, "absolute", Text(ours),
            Text(theirs));

    /// <summary>
    /// The largest deviation over a vector, relative to the vector's largest entry (at least <paramref name="floor"/>).
    /// </summary>
    public void Vector(string row, string column, ReadOnlySpan<double> ours, ReadOnlySpan<double> theirs,
        double tolerance, double floor = 1e-12)
    {
        if (ours.Length != theirs.Length)
        {
            Fail(row, column, $"{ours.Length} numbers", $"{theirs.Length} numbers", "another length");
            return;
        }

        double scale = floor, worst = 0;
        var at = 0;
        foreach (var value in theirs) scale = Math.Max(scale, Math.Abs(value));
        for (var i = 0; i < ours.Length; i++)
        {
            var deviation = Math.Abs(ours[i] - theirs[i]) / scale;
            if (deviation <= worst) continue;
            (worst, at) = (double.IsNaN(deviation) ? double.PositiveInfinity : deviation, i);
        }

        var (mine, other) = ours.Length == 0 ? ("empty", "empty")
            : ($"[{at}] {Text(ours[at])}", $"[{at}] {Text(theirs[at])}");
        Deviation(row, column, worst, tolerance, "relative to the largest entry", mine, other);
    }

    /// <summary>
    /// Ours may lie anywhere between two values of the file (a bracket), each end widened by nothing.
    /// </summary>
    public void Within(string row, string column, double ours, double low, double high)
    {
        var outside = double.IsNaN(ours) ? double.PositiveInfinity : Math.Max(0, Math.Max(low - ours, ours - high));
        Deviation(row, column, outside, 0, "distance outside the bracket", Text(ours), $"[{Text(low)}, {Text(high)}]");
    }

    /// <summary>Exact agreement: text, bytes as hex, integers, verdicts.</summary>
    public void Same(string row, string column, string ours, string theirs) =>
        Deviation(row, column, ours == theirs ? 0 : 1, 0, "differs (0 or 1)", ours, theirs);

    public void Deviation(
        string row, string column, double deviation, double tolerance, string measure, string ours, string theirs)
    {
        if (double.IsNaN(deviation)) deviation = double.PositiveInfinity;
        if (!_columns.TryGetValue(column, out var result))
            _columns[column] = result = new ColumnResult(column, tolerance) { Measure = measure };
        result.Compared++;
        if (deviation > result.Worst || result.WorstRow.Length == 0) (result.Worst, result.WorstRow) = (deviation, row);
        _checked.Add(row);
        if (deviation <= tolerance) return;
        result.Failed++;
        _failures.Add(
            new CheckFailure(row, column, ours, theirs, $"{measure}: {Text(deviation)}, allowed {Text(tolerance)}"));
    }

    public void Fail(string row, string column, string ours, string theirs, string why) =>
        Deviation(row, column, double.PositiveInfinity, 0, why, ours, theirs);

    /// <summary>The row stays unchecked, openly.</summary>
    public void CannotCheck(string row, string reason)
    {
        if (!_unchecked.TryGetValue(reason, out var rows)) _unchecked[reason] = rows = [];
        rows.Add(row);
    }

    /// <summary>A column that no function of ours computes, openly.</summary>
    public void ColumnNotChecked(string column, string reason)
    {
        if (!_columnsNotChecked.TryGetValue(reason, out var columns)) _columnsNotChecked[reason] = columns = [];
        if (!columns.Contains(column)) columns.Add(column);
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
