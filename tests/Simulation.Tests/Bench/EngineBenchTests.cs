using System.CommandLine;
using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Simulation.Bench;
using Spectre.Console;

namespace FedMeta.Simulation.Tests.Bench;

public sealed class EngineBenchTests
{
    [Fact]
    public void Meta_training_learns_allocates_nothing_and_has_the_same_bits_on_all_threads()
    {
        var figures = SinusoidBench.Run(2000).ToDictionary(figure => figure.Name, figure => figure.Value);
        Assert.Equal(1, figures["threads_same_bits"]);
        Assert.InRange(figures["allocated_bytes"], 0, 1); // the runtime's own doings, spread over all iterations
        Assert.InRange(figures["loss"], 0.1, 2.5); // 4 without learning
        Assert.True(figures["seconds_per_1000"] > 0);
    }

    [Fact]
    public void Every_figure_is_there_in_both_forms()
    {
        IReadOnlyList<EngineFigure> figures = [.. GemmBench.Run(0.001), .. NetworkBench.Run(NetworkBench.Mlp, 0.001)];
        Assert.All(figures, figure => Assert.True(figure.Value > 0 && double.IsFinite(figure.Value), $"{figure}"));
        using var document = JsonDocument.Parse(EngineBenchText.Json(figures));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(new StringWriter()) });
        EngineBenchText.Write(figures, console);
        foreach (var figure in figures)
        {
            Assert.Equal(figure.Value, document.RootElement.GetProperty(figure.Name).GetDouble());
            Assert.Contains(figure.Words, console.Profile.Out.Writer.ToString()!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_length_that_makes_no_sense_is_refused()
    {
        foreach (var command in new[] { EngineBenchCommands.Gemm(), EngineBenchCommands.Mlp() })
            foreach (var seconds in new[] { "0", "-1", "61", "NaN" }) Refused(command, "--seconds", seconds);
        foreach (var iterations in new[] { "9", "-1", "1000001" })
            Refused(EngineBenchCommands.Sinusoid(), "--iterations", iterations);
    }

    private static void Refused(Command command, params string[] arguments)
    {
        var refusal = Assert.Throws<FedMetaException>(() => command.Parse(arguments).Invoke(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
        Assert.Equal(ExitCode.Usage, refusal.Code);
    }
}
