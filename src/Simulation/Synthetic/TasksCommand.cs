using System.CommandLine;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Synthetic;

/// <summary><c>fedmeta-sim tasks</c>: writes invented regressions, one site a task, for the samples.</summary>
internal static class TasksCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("TASKS")
        {
            Description = string.Join(", ", TaskFamily.All.Select(family => family.Name)),
        };
        var folder = new Option<string>("--out")
        {
            Description = "folder for one CSV file per site; must not hold them yet",
            Required = true,
        };
        var seed = new Option<int>("--seed")
        {
            Description = "the same seed gives the same bytes",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command("tasks",
            "Invent sites with a function of their own, for the samples of the same name.\n\nExample: fedmeta-sim tasks "
            + "sinusoid --out data --seed 1")
        {
            name, folder, seed,
        };
        command.SetAction(parsed =>
        {
            var family = TaskFamily.Named(parsed.GetValue(name)!);
            foreach (var (_, file) in Write(family, parsed.GetValue(folder)!, parsed.GetValue(seed)))
                Console.WriteLine($"{file}  {family.Rows} rows");
            return 0;
        });
        return command;
    }

    /// <summary>Writes <c>FOLDER/NAME.csv</c> for each site; the newcomer is the last.</summary>
    /// <exception cref="FedMetaException">A file is there already.</exception>
    public static IReadOnlyList<(string Name, string File)> Write(TaskFamily family, string folder, int seed)
    {
        Directory.CreateDirectory(folder);
        var written = new List<(string, string)>();
        foreach (var (name, text) in family.Files(seed))
        {
            var file = Path.Combine(folder, name + ".csv");
            if (File.Exists(file)) throw new FedMetaException(ExitCode.Data, $"{file} is there already",
                "choose an empty folder for --out");
            File.WriteAllText(file, text);
            written.Add((name, file));
        }

        return written;
    }
}
