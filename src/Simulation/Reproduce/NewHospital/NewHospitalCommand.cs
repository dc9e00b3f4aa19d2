using System.CommandLine;
using FedMeta.Simulation.Demo;
using FedMeta.Simulation.Reproduce.Heart;
using FedMeta.Simulation.Reproduce.Tables;
using FedMeta.Simulation.Splitting;

namespace FedMeta.Simulation.Reproduce.NewHospital;

/// <summary><c>fedmeta-sim reproduce heart-new-hospital</c>: what a hospital gains that took no part.</summary>
internal static class NewHospitalCommand
{
    private const int Draws = 10;

    public static Command Create()
    {
        var (file, names) = (ReproduceOptions.File(HeartCommand.FileDescription), HospitalNames.Option());
        var (seeds, folder) = (ReproduceOptions.Seeds(5), ReproduceOptions.Folder());
        var command = new Command("heart-new-hospital",
            "Leave each hospital out in turn, train on the others, adapt with k labelled patients of it and score the "
            + "others there.\n\nExample: fedmeta-sim reproduce heart-new-hospital heart_flamby.csv --out heart")
        {
            file, names, seeds, folder,
        };
        command.SetAction(parsed =>
        {
            var hospitals = HeartFile.Read(
                parsed.GetRequiredValue(file), HospitalNames.Read(parsed.GetValue(names)));
            var report = NewHospitalReport.Play(
                hospitals, new HeartSettings(), parsed.GetValue(seeds), Draws, DemoConsole.Create());
            var page = NewHospitalPage.Render(report);
            var to = new ReproductionFolder(parsed.GetValue(folder)!);
            IEnumerable<string> written =
            [
                .. to.Write("heart-new-hospital", page, report),
                .. hospitals.Select(h => to.Write(
                    $"heart-new-hospital-{h.Name.ToLowerInvariant()}.svg", NewcomerPicture.Draw(report, h.Name))),
            ];
            Console.WriteLine(page);
            Console.WriteLine(string.Join('\n', written));
            return 0;
        });
        return command;
    }
}
