namespace FedMeta.Client.Data;

/// <summary>
/// A hospital's rows by the study's names, as read: unscaled, a missing value is NaN. Lives in memory only.
/// </summary>
internal sealed class SiteTable
{
    private readonly double[] _values;
    private readonly double[] _labels;
    private readonly bool[]? _test;

    /// <param name="features">Number of features, the width of a row.</param>
    /// <param name="values">Rows one after the other, <paramref name="features"/> numbers each.</param>
    /// <param name="labels">One label per row.</param>
    /// <param name="test">For each row whether the file puts it into the test fold; null where it does not say.</param>
    public SiteTable(int features, double[] values, double[] labels, bool[]? test)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        if (values.Length != features * labels.Length)
            throw new ArgumentException("values do not fill the rows", nameof(values));
        if (test is not null && test.Length != labels.Length)
            throw new ArgumentException("one fold per row", nameof(test));
        Features = features;
        _values = values;
        _labels = labels;
        _test = test;
    }

    /// <summary>Number of features.</summary>
    public int Features { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => _labels.Length;

    /// <summary>The label of every row.</summary>
    public ReadOnlySpan<double> Labels => _labels;

    /// <summary>Whether the file itself says train or test for each row.</summary>
    public bool HasFolds => _test is not null;

    /// <summary>The unscaled features of one row; NaN where a value is missing.</summary>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Features, Features);

    /// <summary>Whether the file puts the row into the test fold.</summary>
    public bool IsTest(int row) => _test is not null && _test[row];
}
