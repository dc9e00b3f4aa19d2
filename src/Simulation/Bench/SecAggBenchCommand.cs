using System.CommandLine;
using FedMeta.Simulation.Demo;
using Spectre.Console;

namespace FedMeta.Simulation.Bench;

/// <summary><c>fedmeta-sim bench secagg</c>: a whole round of secure aggregation in this process.</summary>
internal static class SecAggBenchCommand
{
    private const double Seconds = 0.5;
    private const int Turns = 3;

    public static Command Create(TimeProvider time)
    {
        var clients = new Option<int>("--clients") { Description = "how many clients, from 5", Required = true };
        var dimension = new Option<int>("--dimension") { Description = "entries of the vector", Required = true };
        var bits = new Option<int?>("--bits")
        {
            Description = "width of the ring, 8 to 64; otherwise the narrowest that holds the sum of 16-bit values",
        };
        var neighbours = new Option<string?>("--neighbours")
        {
            Description = "degree of the graph, or full; otherwise full up to 256 clients and above what the finder "
                + "says for --colluders",
        };
        var drop = new Option<double>("--drop") { Description = "fraction that shares and never delivers" };
        var colluders = new Option<int?>("--colluders")
        {
            Description = "clients that may side with the server; otherwise the most that the claims cover",
        };
        var repeat = new Option<int>("--repeat")
        {
            Description = "rounds to play; the figures are medians over them",
            DefaultValueFactory = _ => 1,
        };
        var json = new Option<bool>("--json") { Description = "one JSON document instead of text" };
        var command = new Command("secagg",
            "Play a whole round of secure aggregation in this process, check its sum, and tell the processor time of "
            + "client and\nserver by phase, the bytes sent, the speed of the keystream beside openssl's, and the "
            + "memory.\n\nExample: fedmeta-sim bench secagg --clients 100 --dimension 1000000 --drop 0.1")
        {
            clients, dimension, bits, neighbours, drop, colluders, repeat, json,
        };
        command.SetAction(parsed =>
        {
            var options = new SecAggBenchOptions(
                parsed.GetValue(clients), parsed.GetValue(dimension), parsed.GetValue(bits),
                parsed.GetValue(neighbours), parsed.GetValue(drop), parsed.GetValue(colluders),
                parsed.GetValue(repeat));
            if (parsed.GetValue(json)) Console.WriteLine(SecAggBenchJson.Of(Run(options, time, _ => { })));
            else Show(options, time, DemoConsole.Create());
            return 0;
        });
        return command;
    }

    private static SecAggBenchReport Run(SecAggBenchOptions options, TimeProvider time, Action<string> step) =>
        SecAggBench.Run(SecAggBenchPlan.Of(options), options.Repeats, Seconds, Turns, time, step);

    private static void Show(SecAggBenchOptions options, TimeProvider time, IAnsiConsole console)
    {
        var report = console.Profile.Capabilities.Interactive
            ? console.Status().Start(
                "starting", status => Run(options, time, step => status.Status = Markup.Escape(step)))
            : Run(options, time, _ => { });
        SecAggBenchText.Write(report, console);
    }
}
