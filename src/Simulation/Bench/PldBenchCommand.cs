using System.CommandLine;
using FedMeta.Privacy;
using FedMeta.Simulation.Demo;

namespace FedMeta.Simulation.Bench;

/// <summary><c>fedmeta-sim bench pld</c>: the accountant of privacy loss distributions.</summary>
internal static class PldBenchCommand
{
    public static Command Create(TimeProvider time)
    {
        var noise = Value("--noise", "noise multiplier", 1);
        var rate = Value("--rate", "sampling rate, 0 to 1", 0.01);
        var delta = Value("--delta", "delta at which epsilon is asked for", 1e-5);
        var interval = Value("--interval", "step of the grid", PrivacyLossDistribution.DefaultInterval);
        var rounds = new Option<int>("--rounds") { Description = "rounds", DefaultValueFactory = _ => 10_000 };
        var repeat = new Option<int>("--repeat")
        {
            Description = "how often to measure after the first time; the figures are medians",
            DefaultValueFactory = _ => 10,
        };
        var json = new Option<bool>("--json") { Description = "one JSON document instead of text" };
        var command = new Command("pld",
            "Compute epsilon of sampled Gaussian rounds from their privacy loss distribution, and tell the time of one "
            + "round's\ndistribution and of the composition, the first time and after it, the grids and the memory."
            + "\n\nExample: fedmeta-sim bench pld --rounds 10000 --rate 0.01 --noise 1")
        {
            noise, rate, rounds, delta, interval, repeat, json,
        };
        command.SetAction(parsed =>
        {
            var options = new PldBenchOptions(parsed.GetValue(noise), parsed.GetValue(rate), parsed.GetValue(rounds),
                parsed.GetValue(delta), parsed.GetValue(interval), parsed.GetValue(repeat));
            var report = PldBench.Run(options, time);
            if (parsed.GetValue(json)) Console.WriteLine(PldBenchJson.Of(report));
            else PldBenchText.Write(report, DemoConsole.Create());
            return 0;
        });
        return command;
    }

    private static Option<double> Value(string name, string description, double usual) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };
}
