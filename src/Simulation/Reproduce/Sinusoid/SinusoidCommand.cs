using System.CommandLine;
using FedMeta.Simulation.Demo;
using FedMeta.Simulation.Reproduce.Tables;
using Spectre.Console;

namespace FedMeta.Simulation.Reproduce.Sinusoid;

/// <summary><c>fedmeta-sim reproduce sinusoid</c>.</summary>
internal static class SinusoidCommand
{
    public static Command Create()
    {
        var iterations = new Option<int>("--iterations")
        {
            Description = "meta-iterations at most; 15000 is enough for a look",
            DefaultValueFactory = _ => SinusoidMethod.FullIterations,
        };
        iterations.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000_000)
                result.AddError("--iterations must be 1 .. 10000000");
        });
        var seeds = ReproduceOptions.Seeds(3);
        var folder = ReproduceOptions.Folder();
        var command = new Command("sinusoid",
            "Few-shot regression of sinusoids (Finn, Abbeel and Levine 2017): MAML, FOMAML, Reptile and joint "
            + "pretraining,\n10 and 5 shots, 0, 1, 5 and 10 steps and ten guarded ones.\n\n"
            + "Example: fedmeta-sim reproduce sinusoid --seeds 3 --out sinusoid")
        {
            iterations, seeds, folder,
        };
        command.SetAction(parsed =>
        {
            var runs = Play(SinusoidMethod.All(parsed.GetValue(iterations)), parsed.GetValue(seeds),
                DemoConsole.Create());
            var page = SinusoidPage.Of(runs);
            new ReproductionFolder(parsed.GetValue(folder)!).Write("sinusoid", page, runs);
            Console.WriteLine(page);
            return 0;
        });
        return command;
    }

    // One run on one core: a run alone has too little work between two steps of the server to share it out.
    private static SinusoidRun[] Play(IReadOnlyList<SinusoidMethod> methods, int seeds, IAnsiConsole console) =>
        console.Progress().Start(context =>
        {
            var bars = methods.Select(m => context.AddTask(m.Name, maxValue: (double)m.Iterations * seeds)).ToArray();
            var runs = new SinusoidRun[methods.Count * seeds];
            Parallel.For(0, runs.Length, i =>
            {
                var done = 0;
                var bar = bars[i % methods.Count];
                runs[i] = SinusoidRun.Play(methods[i % methods.Count], 1 + i / methods.Count, SinusoidRun.TestTasks,
                    () =>
                    {
                        if (++done % 100 == 0) bar.Increment(100);
                    });
            });
            foreach (var bar in bars) bar.Value = bar.MaxValue;
            return runs;
        });
}
