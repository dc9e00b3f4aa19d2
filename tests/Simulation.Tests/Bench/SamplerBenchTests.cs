using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Simulation.Bench;
using Spectre.Console;

namespace FedMeta.Simulation.Tests.Bench;

public sealed class SamplerBenchTests
{
    [Fact]
    public void Every_figure_is_there_in_both_forms()
    {
        var steps = new List<string>();
        var report = SamplerBench.Run(0.002, TimeProvider.System, steps.Add);
        Assert.Equal([4, 10, 20, 30], report.Speeds.Select(speed => speed.LogSigma));
        Assert.Equal(13, steps.Count);
        foreach (var speed in report.Speeds)
        {
            Assert.True(speed.OneThread > 0 && speed.AllThreads > 0 && speed.Exact > 0, $"{speed}");
            Assert.Equal(speed.OneThread / speed.Exact, speed.Ratio);

            // Two draws of the low part, about three tosses and five coins of e words of 32 bits on average.
            Assert.InRange(speed.Words, 5, 15);
        }

        using var document = JsonDocument.Parse(JsonSerializer.Serialize(report));
        Assert.Equal(4, document.RootElement.GetProperty("speeds").GetArrayLength());
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(new StringWriter()) });
        SamplerBenchText.Write(report with { Openssl = null }, console);
        var text = console.Profile.Out.Writer.ToString()!;
        Assert.Contains("2^30", text, StringComparison.Ordinal);
        Assert.Contains("there is no openssl here", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("61")]
    [InlineData("NaN")]
    public void A_length_that_makes_no_sense_is_refused(string seconds)
    {
        var parsed = SamplerBenchCommand.Create(TimeProvider.System).Parse(["--seconds", seconds]);
        var refusal = Assert.Throws<FedMetaException>(() => parsed.Invoke(
            new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false }));
        Assert.Equal(ExitCode.Usage, refusal.Code);
    }
}
