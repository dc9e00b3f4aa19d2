using System.CommandLine;
using FedMeta.Protocol;
using FedMeta.Simulation.Demo;
using FedMeta.Simulation.Reproduce.Tables;
using Spectre.Console;

namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary><c>fedmeta-sim reproduce omniglot FILE</c>.</summary>
internal static class OmniglotCommand
{
    private const int TestTasks = 400;

    public static Command Create()
    {
        var file = ReproduceOptions.File("the packed characters, omniglot28.bin.gz");
        var rows = new Option<string[]>("--rows")
        {
            Description = "only the rows whose name begins so, for example conv-1 or mlp-5-maml",
            AllowMultipleArgumentsPerToken = true,
        };
        var iterations = new Option<int>("--iterations")
        {
            Description = "meta-iterations at most",
            DefaultValueFactory = _ => OmniglotRow.All.Max(r => r.Iterations),
        };
        iterations.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--iterations must be 1 or more");
        });
        var seeds = ReproduceOptions.Seeds(1);
        var folder = ReproduceOptions.Folder();
        var command = new Command("omniglot",
            "Few-shot recognition of handwritten characters, 5 ways, 1 and 5 shots, a convolutional network and an MLP,"
            + "\ntrained on pooled drawings and federated by alphabet or by drawer.\n\n"
            + "Example: fedmeta-sim reproduce omniglot omniglot28.bin.gz --rows conv-1 --out omniglot")
        {
            file, rows, iterations, seeds, folder,
        };
        command.SetAction(parsed =>
        {
            var chosen = Choose(parsed.GetValue(rows) ?? [], parsed.GetValue(iterations));
            var set = Read(parsed.GetRequiredValue(file));
            var page = Play(chosen, set, parsed.GetValue(seeds), DemoConsole.Create(),
                new ReproductionFolder(parsed.GetValue(folder)!));
            Console.WriteLine(page);
            return 0;
        });
        return command;
    }

    /// <summary>The rows that <paramref name="names"/> take, or all.</summary>
    /// <exception cref="FedMetaException">A name takes no row.</exception>
    internal static IReadOnlyList<OmniglotRow> Choose(IReadOnlyList<string> names, int iterations)
    {
        if (names.FirstOrDefault(n => !OmniglotRow.All.Any(r => Takes(n, r))) is { } unknown)
            throw new FedMetaException(ExitCode.Usage, $"no row begins with '{unknown}'",
                $"rows are {string.Join(", ", OmniglotRow.All.Select(r => r.Key))}");
        return [.. OmniglotRow.All.Where(r => names.Count == 0 || names.Any(n => Takes(n, r)))
            .Select(r => r with { Iterations = Math.Min(r.Iterations, iterations) })];
    }

    /// <summary>The characters of a file that holds enough of them.</summary>
    /// <exception cref="FedMetaException">The file is not there, is no such file, or holds too little.</exception>
    internal static CharacterSet Read(string path)
    {
        if (!File.Exists(path))
            throw new FedMetaException(ExitCode.NotFound, $"{path} is not there", "name the packed characters");
        var reading = EnvironmentFaults.Explaining(path, () =>
        {
            using var stream = File.OpenRead(path);
            return CharacterSetReader.Read(stream);
        });
        var problem = reading.Refusal
            ?? OmniglotRow.All.Select(r => OmniglotClients.Problem(reading.Set!, r.Shots))
                .FirstOrDefault(p => p is not null);
        return problem is null ? reading.Set! : throw new FedMetaException(ExitCode.Data,
            $"{path} is no packed set of characters: {problem}", "take the file as it was published");
    }

    private static bool Takes(string name, OmniglotRow row) => row.Key.StartsWith(name, StringComparison.Ordinal);

    // The table is written after each row: what is done stays, whatever ends the run.
    private static string Play(
        IReadOnlyList<OmniglotRow> rows, CharacterSet set, int seeds, IAnsiConsole console,
        ReproductionFolder folder) =>
        console.Progress().Start(context =>
        {
            var results = new List<OmniglotResult>();
            var page = "";
            foreach (var row in rows)
            {
                var bar = context.AddTask(row.Key, maxValue: Math.Max(1, (double)row.Iterations * seeds));
                for (var seed = 1; seed <= seeds; seed++)
                    results.Add(OmniglotResult.Play(row, set, seed, TestTasks, () => bar.Increment(1)));
                bar.Value = bar.MaxValue;
                page = OmniglotPage.Of(results);
                folder.Write("omniglot", page, results);
            }

            return page;
        });
}
