using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace FedMeta.SecureAgg.Benchmarks;

/// <summary>Many short iterations in this very process: on a machine that others use too, the fastest of them is what
/// the code takes when it is left alone.</summary>
internal sealed class ShortRuns : ManualConfig
{
    public ShortRuns()
    {
        AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithUnrollFactor(1)
            .WithWarmupCount(50)
            .WithIterationCount(100)
            .WithIterationTime(TimeInterval.FromMilliseconds(3)));
        AddColumnProvider(DefaultColumnProviders.Params);
        AddColumn(TargetMethodColumn.Method, StatisticColumn.Min, StatisticColumn.Median, new RateColumn());
        AddExporter(CsvExporter.Default);
        AddLogger(ConsoleLogger.Default);
    }
}
