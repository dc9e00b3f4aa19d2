using System.CommandLine;

namespace FedMeta.Simulation.Demo;

/// <summary><c>fedmeta-sim demo</c>: a whole federation on this machine.</summary>
internal static class DemoCommand
{
    public static Command Create(TimeProvider time)
    {
        var folder = new Option<string>("--out")
        {
            Description = "where everything is left; an earlier demo there is "
            + "replaced",
            DefaultValueFactory = _ => "demo"
        };
        var data = new Option<string?>("--data")
        {
            Description = "a folder with one CSV file per hospital, or one file with --by; otherwise hospitals are "
            + "invented"
        };
        var by = new Option<string?>("--by") { Description = "the column of --data FILE that names the hospital" };
        var sample = new Option<string?>("--sample")
        {
            Description = "a study of the samples, with its data invented where they can be: "
            + string.Join(", ", Sample.All.Select(each => each.Name))
        };
        var study = new Option<string?>("--study") { Description = "the study to run; otherwise samples/heart.toml" };
        var seed = new Option<int>("--seed")
        {
            Description = "of the invented patients and of the task "
            + "partition",
            DefaultValueFactory = _ => 1
        };
        var command = new Command("demo",
            "Start a coordinator and its hospitals as real processes on this machine, train one meta-model with "
            + "secure aggregation\n"
            + "and differential privacy, lose a hospital on the way, let a new one join at the end, and leave the "
            + "model, the evaluation,\n"
            + "the dashboard and the privacy report.\n\nExample: fedmeta-sim demo --out demo")
        {
            folder, data, by, study, sample, seed,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var options = new DemoOptions(
                Path.GetFullPath(parsed.GetValue(folder)!), parsed.GetValue(data), parsed.GetValue(study),
                    parsed.GetValue(seed), parsed.GetValue(sample), parsed.GetValue(by));
            var console = DemoConsole.Create();
            IDemoProgress progress = console.Profile.Capabilities.Interactive
                ? new LiveProgress(console, time)
                : new PlainProgress(Console.Out, time);
            var (summary, evaluation, left) =
                await progress.RunAsync(() => new DemoRun(options, progress, time).RunAsync(cancel));
            DemoEnding.Write(summary, evaluation, left, console);
            return 0;
        });
        return command;
    }
}
