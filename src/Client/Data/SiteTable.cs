namespace FedMeta.Client.Data;

/// <summary>
/// A hospital's rows by the study's names, as read: unscaled, a missing value is NaN. Lives in memory only.
/// </summary>
internal sealed class SiteTable
{
    private readonly double[] _values;
    private readonly double[] _labels;
    private readonly double[]? _times;
    private readonly bool[]? _test;

    /// <param name="features">Number of features, the width of a row.</param>
    /// <param name="values">Rows one after the other, <paramref name="features"/> numbers each.</param>
    /// <param name="labels">One label per row.</param>
    /// <param name="test">For each row whether the file puts it into the test fold; null where it does not say.</param>
    /// <param name="times">One time per row; null where the study is not about survival.</param>
    public SiteTable(int features, double[] values, double[] labels, bool[]? test, double[]? times = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        if (values.Length != features * labels.Length)
            throw new ArgumentException("values do not fill the rows", nameof(values));
        if (test is not null && test.Length != labels.Length)
            throw new ArgumentException("one fold per row", nameof(test));
        if (times is not null && times.Length != labels.Length)
            throw new ArgumentException("one time per row", nameof(times));
        Features = features;
        _values = values;
        _labels = labels;
        _test = test;
        _times = times;
    }

    /// <summary>Number of features.</summary>
    public int Features { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => _labels.Length;

    /// <summary>The label of every row.</summary>
    public ReadOnlySpan<double> Labels => _labels;

    /// <summary>Whether rows have a time.</summary>
    public bool HasTimes => _times is not null;

    /// <summary>Numbers that a row has as targets: the label, before it the time where there is one.</summary>
    public int TargetWidth => HasTimes ? 2 : 1;

    /// <summary>The targets of one row as the model's loss takes them.</summary>
    public void CopyTargets(int row, Span<double> targets)
    {
        if (_times is not null) targets[0] = _times[row];
        targets[^1] = _labels[row];
    }

    /// <summary>Whether the file itself says train or test for each row.</summary>
    public bool HasFolds => _test is not null;

    /// <summary>The unscaled features of one row; NaN where a value is missing.</summary>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Features, Features);

    /// <summary>Whether the file puts the row into the test fold.</summary>
    public bool IsTest(int row) => _test is not null && _test[row];
}
