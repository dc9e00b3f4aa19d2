using System.CommandLine;
using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Simulation.Demo;
using Spectre.Console;

namespace FedMeta.Simulation.Bench;

/// <summary><c>fedmeta-sim bench sampler</c>: how fast noise is drawn.</summary>
internal static class SamplerBenchCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create(TimeProvider time)
    {
        var seconds = new Option<double>("--seconds")
        {
            Description = "seconds of each measurement, above 0 and at most 60",
            DefaultValueFactory = _ => 1,
        };
        var json = new Option<bool>("--json") { Description = "one JSON document instead of text" };
        var command = new Command("sampler",
            "Draw discrete Gaussian noise with the exact sampler on one thread and on all, at four widths, beside the "
            + "same sampler\nwith every comparison made on exact fractions, and beside openssl's keystream.\n\n"
            + "Example: fedmeta-sim bench sampler --seconds 2")
        {
            seconds, json,
        };
        command.SetAction(parsed =>
        {
            var each = parsed.GetValue(seconds);
            if (!(each is > 0 and <= 60))
                throw new FedMetaException(ExitCode.Usage, $"--seconds {each} is not above 0 and at most 60",
                    "half a second gives a first figure");
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(SamplerBench.Run(each, time, _ => { }), Indented));
            else
                Show(each, time, DemoConsole.Create());
            return 0;
        });
        return command;
    }

    private static void Show(double seconds, TimeProvider time, IAnsiConsole console)
    {
        var report = console.Profile.Capabilities.Interactive
            ? console.Status().Start(
                "starting", status => SamplerBench.Run(seconds, time, step => status.Status = Markup.Escape(step)))
            : SamplerBench.Run(seconds, time, _ => { });
        SamplerBenchText.Write(report, console);
    }
}
