using System.Globalization;
using Spectre.Console;

namespace FedMeta.Simulation.Bench;

/// <summary>What a person reads.</summary>
internal static class SamplerBenchText
{
    public static void Write(SamplerBenchReport report, IAnsiConsole console)
    {
        console.WriteLine($"exact discrete Gaussian noise, million samples a second; {report.Seconds} s each");
        var table = new Table { Border = TableBorder.Rounded }
            .AddColumns("sigma", "one thread", "exact comparisons", "ratio", $"{report.Threads} threads", "words each");
        foreach (var speed in report.Speeds)
        {
            table.AddRow(
                new Text($"2^{speed.LogSigma}"), Millions(speed.OneThread), Millions(speed.Exact),
                Figure(speed.Ratio, "0.0"), Millions(speed.AllThreads), Figure(speed.Words, "0.0"));
        }

        console.Write(table);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"one thread: {report.Clock}; a word is 64 bits; keystream {report.Keystream / 1e9:0.00} GB/s"));
        if (report.Openssl is not { } openssl) console.WriteLine("there is no openssl here to compare with");
        else console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"openssl aes-256-ctr {openssl / 1e9:0.00} GB/s"));
    }

    private static Text Millions(double perSecond) => Figure(perSecond / 1e6, "0.00");

    private static Text Figure(double value, string format) =>
        new(value.ToString(format, CultureInfo.InvariantCulture));
}
