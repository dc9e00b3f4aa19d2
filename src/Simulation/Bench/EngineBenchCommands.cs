using System.CommandLine;
using FedMeta.Protocol;
using FedMeta.Simulation.Demo;

namespace FedMeta.Simulation.Bench;

/// <summary><c>fedmeta-sim bench gemm</c>, <c>mlp</c>, <c>conv4</c> and <c>sinusoid</c>: how fast the managed engine
/// is. perf/engine.sh sets them beside PyTorch.</summary>
internal static class EngineBenchCommands
{
    public static Command Gemm() => Create(
        "gemm", "Multiply square matrices in single precision on one thread.", GemmBench.Run);

    public static Command Mlp() => Create(
        "mlp",
        "Differentiate an MLP 784-256-128-64-5 (relu, cross-entropy) for 25 records on one thread: gradient, exact\n"
        + "Hessian-vector product, sum of the clipped gradients of single records.",
        seconds => NetworkBench.Run(NetworkBench.Mlp, seconds));

    public static Command Conv4() => Create(
        "conv4",
        "Differentiate the convolutional net of the few-shot literature (four times 64 filters, relu, maxpool, on\n"
        + "28x28) for 25 images on one thread: gradient, exact Hessian-vector product, sum of the clipped gradients of\n"
        + "single images.",
        seconds => NetworkBench.Run(NetworkBench.Conv4, seconds));

    public static Command Sinusoid()
    {
        var iterations = new Option<int>("--iterations")
        {
            Description = "meta-iterations, 10 .. 1000000",
            DefaultValueFactory = _ => 5000,
        };
        var json = Json();
        var command = new Command("sinusoid",
            "Meta-train a net 1-40-40-1 on sinusoids with exact MAML: 25 tasks of 10 + 10 points a meta-iteration,\n"
            + "one inner step, Adam; once on one thread, once on all.\n\n"
            + "Example: fedmeta-sim bench sinusoid --iterations 2000 --json")
        {
            iterations, json,
        };
        command.SetAction(parsed =>
        {
            var count = parsed.GetValue(iterations);
            if (count is < 10 or > 1_000_000)
                throw new FedMetaException(ExitCode.Usage, $"--iterations {count} is not 10 .. 1000000",
                    "a thousand give a first figure");
            Show(SinusoidBench.Run(count), parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static Command Create(string name, string description, Func<double, IReadOnlyList<EngineFigure>> run)
    {
        var seconds = new Option<double>("--seconds")
        {
            Description = "seconds of each measurement, above 0 and at most 60",
            DefaultValueFactory = _ => 2,
        };
        var json = Json();
        var command = new Command(name, $"{description}\n\nExample: fedmeta-sim bench {name} --seconds 5")
        {
            seconds, json,
        };
        command.SetAction(parsed =>
        {
            var each = parsed.GetValue(seconds);
            if (!(each is > 0 and <= 60))
                throw new FedMetaException(ExitCode.Usage, $"--seconds {each} is not above 0 and at most 60",
                    "half a second gives a first figure");
            Show(run(each), parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static Option<bool> Json() => new("--json") { Description = "one JSON document instead of text" };

    private static void Show(IReadOnlyList<EngineFigure> figures, bool json)
    {
        if (json) Console.WriteLine(EngineBenchText.Json(figures));
        else EngineBenchText.Write(figures, DemoConsole.Create());
    }
}
