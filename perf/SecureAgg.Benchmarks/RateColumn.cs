using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace FedMeta.SecureAgg.Benchmarks;

/// <summary>Operations per second of the fastest iteration. A benchmark over bytes or entries declares them as its
/// operations, so that this is bytes or entries per second.</summary>
internal sealed class RateColumn : IColumn
{
    private const double NanosecondsPerSecond = 1e9;

    public string Id => nameof(RateColumn);

    public string ColumnName => "Rate";

    public string Legend => "Operations per second of the fastest iteration: bytes, entries or calls";

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Statistics;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        if (summary[benchmarkCase]?.ResultStatistics is not { } statistics) return "-";
        var rate = NanosecondsPerSecond / statistics.Min;
        return (rate >= 1e9 ? Scaled(1e9, "G") : rate >= 1e6 ? Scaled(1e6, "M") : Scaled(1e3, "k"))
            .ToString(CultureInfo.InvariantCulture);

        FormattableString Scaled(double unit, string prefix) => $"{rate / unit:F2} {prefix}/s";
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        GetValue(summary, benchmarkCase);

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
}
