using System.Globalization;
using FedMeta.SecureAgg;
using Spectre.Console;

namespace FedMeta.Simulation.Bench;

/// <summary>What a person reads.</summary>
internal static class SecAggBenchText
{
    public static void Write(SecAggBenchReport report, IAnsiConsole console)
    {
        var (parameters, speeds) = (report.Plan.Parameters, report.Speeds);
        var graph = parameters.Graph is { } sparse
            ? $"{sparse.Neighbours} neighbours, {sparse.Threshold} shares open a secret"
            : "complete graph";
        Line(console, $"{parameters.MaxClients} clients, {report.Plan.Dropped} dropped after sharing; {graph}; "
            + $"threshold {parameters.Threshold}, colluders {parameters.Colluders}");
        var shape = parameters.Vectors[0];
        Line(console, $"{shape.Length} entries of {shape.RingBits} bits; the sum is exact");
        console.Write(Phases(report));
        Line(console, $"the whole round with all its clients took "
            + $"{report.Median(round => round.WallSeconds):0.0} s on the wall, {report.Threads} at a time; unmasking "
            + $"{report.Median(round => round.UnmaskWallSeconds):0.000} s");
        if (report.Parallel is not null)
        {
            Line(console, $"on the wall with {Environment.ProcessorCount} threads: client "
                + $"{report.ClientOnAllCores:0.0000} s, server {report.ServerOnAllCores:0.0000} s");
        }

        Line(console, $"upload {report.UploadBytes:0} bytes a client, {report.UploadBytes / report.RawBytes:0.000} "
            + $"of raw float32");
        Line(console, $"keystream {speeds.Kernel / 1e9:0.00} GB/s{Ratio(speeds.KernelRatio)}, portable "
            + $"{speeds.Portable / 1e9:0.00} GB/s{Ratio(speeds.PortableRatio)}");
        if (speeds.Openssl is null) Line(console, $"there is no openssl here to compare with");
        else Line(console, $"openssl aes-256-ctr {speeds.Openssl / 1e9:0.00} GB/s");
        Line(console, $"packing {speeds.Pack / 1e9:0.00}, unpacking {speeds.Unpack / 1e9:0.00} billion elements/s");
        if (PeakMemory.Bytes is { } peak) Line(console, $"peak memory of the process {peak / 1e6:0} MB");
        Line(console, $"the server held {report.Median(round => round.ServerBytes) / 1e6:0.0} MB before it unmasked");
    }

    private static Table Phases(SecAggBenchReport report)
    {
        var table = new Table { Border = TableBorder.Rounded }
            .AddColumns($"seconds of {CpuClock.Name}", "client, median", "client, most", "server");
        foreach (var phase in PhaseCosts.Phases)
            Row(table, $"{phase}", report.Client(phase), report.Median(round => round.Costs.Server(phase)));
        Row(table, "in all", report.ClientTotal, report.Median(round => round.Costs.ServerTotal));
        return table;
    }

    private static void Row(Table table, string name, Spread client, double server) => table.AddRow(
        new Text(name), Figure(client.Median), Figure(client.Max), Figure(server));

    private static Text Figure(double seconds) => new(seconds.ToString("0.0000", CultureInfo.InvariantCulture));

    private static string Ratio(double? ratio) =>
        ratio is { } known ? string.Create(CultureInfo.InvariantCulture, $" ({known:0.00} of openssl's)") : "";

    private static void Line(IAnsiConsole console, string text) => console.WriteLine(text);
}
