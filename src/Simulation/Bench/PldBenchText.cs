using System.Globalization;
using Spectre.Console;

namespace FedMeta.Simulation.Bench;

/// <summary>What a person reads.</summary>
internal static class PldBenchText
{
    public static void Write(PldBenchReport report, IAnsiConsole console)
    {
        var (options, figure) = (report.Options, report.Figure);
        Line(console, $"{options.Rounds} rounds, noise multiplier {options.Noise}, samples of {options.Rate}");
        Line(console, $"epsilon {figure.Epsilon:0.000000} at delta {options.Delta}");
        Line(console, $"removing a unit {figure.Remove:0.000000}, adding one {figure.Add:0.000000}");
        Line(console, $"grid {options.Interval}, {figure.ReleasePoints} points a round, {figure.SumPoints} of the sum");
        Line(console, $"{figure.Lost:0.0E+0} cut off and counted in delta");
        var table = new Table { Border = TableBorder.Rounded }
            .AddColumns($"milliseconds of {CpuClock.Name}", "warm, median", "warm, most", "first time");
        Row(table, report, "one round", timing => timing.OneStep);
        Row(table, report, "composition", timing => timing.Composition);
        Row(table, report, "in all", timing => timing.Total);
        Row(table, report, "in all, on the wall", timing => timing.Wall);
        console.Write(table);
        if (PeakMemory.Bytes is { } peak) Line(console, $"peak memory of the process {peak / 1e6:0} MB");
    }

    private static void Row(Table table, PldBenchReport report, string name, Func<PldBenchTiming, double> part)
    {
        var spread = report.Of(part);
        table.AddRow(new Text(name), Figure(spread.Median), Figure(spread.Max), Figure(part(report.Cold)));
    }

    private static Text Figure(double seconds) => new((1e3 * seconds).ToString("0.0", CultureInfo.InvariantCulture));

    private static void Line(IAnsiConsole console, FormattableString text) =>
        console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
