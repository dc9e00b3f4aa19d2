using System.CommandLine;
using System.Text.Json;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.Simulation.Bench;
using Spectre.Console;

namespace FedMeta.Simulation.Tests.Bench;

public sealed class PldBenchTests
{
    private static readonly PldBenchOptions Small = new(1, 0.05, 100, 1e-5, 1e-2, 2);

    [Fact]
    public void Every_figure_is_there_in_both_forms()
    {
        var report = PldBench.Run(Small, TimeProvider.System);
        Assert.Equal(2, report.Warm.Count);
        Assert.Equal(PrivacyLossDistribution.Gaussian(1, 0.05, 1e-2).Compose(100).Epsilon(1e-5), report.Figure.Epsilon);

        using var document = JsonDocument.Parse(PldBenchJson.Of(report));
        var root = document.RootElement;
        Assert.Equal(report.Figure.Epsilon, root.GetProperty("epsilon").GetDouble());
        Assert.True(root.GetProperty("one_step_points").GetInt64() > 100);
        Assert.True(root.GetProperty("sum_points").GetInt64() > 100);
        var warm = root.GetProperty("warm_seconds");
        foreach (var part in new[] { "one_step", "composition", "total", "wall" })
        {
            Assert.True(warm.GetProperty(part).GetProperty("median").GetDouble() >= 0, part);
            Assert.True(root.GetProperty("cold_seconds").GetProperty(part).GetDouble() > 0, part);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(new StringWriter()) });
        PldBenchText.Write(report, console);
        Assert.Contains("epsilon", console.Profile.Out.Writer.ToString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--noise", "0")]
    [InlineData("--noise", "NaN")]
    [InlineData("--rate", "1.5")]
    [InlineData("--interval", "1e-20")]
    [InlineData("--delta", "1")]
    [InlineData("--rounds", "0")]
    [InlineData("--repeat", "0")]
    public void A_schedule_that_makes_no_sense_is_refused(string option, string value)
    {
        var parsed = PldBenchCommand.Create(TimeProvider.System).Parse([option, value]);
        var refusal = Assert.Throws<FedMetaException>(() => parsed.Invoke(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
        Assert.Equal(ExitCode.Usage, refusal.Code);
    }
}
