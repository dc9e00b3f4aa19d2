using System.CommandLine;
using FedMeta.Simulation.Demo;
using FedMeta.Simulation.Reproduce.Tables;
using FedMeta.Simulation.Splitting;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary><c>fedmeta-sim reproduce heart</c>: every method on hospitals that took part in training.</summary>
internal static class HeartCommand
{
    /// <summary>What FILE must be, in the help of all reproductions on these hospitals.</summary>
    public const string FileDescription = "CSV with the columns center, fold (train or test), label (0 or 1) and "
        + "features: the UCI heart disease data in FLamby's split";

    public static Command Create()
    {
        var (file, names) = (ReproduceOptions.File(FileDescription), HospitalNames.Option());
        var (seeds, folder) = (ReproduceOptions.Seeds(5), ReproduceOptions.Folder());
        var command = new Command("heart",
            "Train every baseline and algorithm on the hospitals of a file, adapt at each hospital, and score its "
            + "held-out patients.\n\nExample: fedmeta-sim reproduce heart heart_flamby.csv --out heart")
        {
            file, names, seeds, folder,
        };
        command.SetAction(parsed =>
        {
            var hospitals = HeartFile.Read(
                parsed.GetRequiredValue(file), HospitalNames.Read(parsed.GetValue(names)));
            var report = HeartReport.Play(
                hospitals, HeartCase.All, new HeartSettings(), parsed.GetValue(seeds), DemoConsole.Create());
            var page = HeartPage.Render(report);
            var written = new ReproductionFolder(parsed.GetValue(folder)!).Write("heart-methods", page, report);
            Console.WriteLine(page);
            Console.WriteLine(string.Join('\n', written));
            return 0;
        });
        return command;
    }
}
