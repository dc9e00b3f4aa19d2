using System.CommandLine;
using FedMeta.Protocol;
using FedMeta.Simulation.Demo;
using FedMeta.Simulation.Reproduce.Heart;
using FedMeta.Simulation.Reproduce.Tables;
using FedMeta.Simulation.Splitting;

namespace FedMeta.Simulation.Reproduce.PatientPrivacy;

/// <summary><c>fedmeta-sim reproduce heart-privacy</c>: what epsilon 10, 3 and 1 cost.</summary>
internal static class PatientPrivacyCommand
{
    public static Command Create(TimeProvider time)
    {
        var file = ReproduceOptions.File(HeartCommand.FileDescription);
        var (seeds, folder) = (ReproduceOptions.Seeds(5), ReproduceOptions.Folder());
        var delta = new Option<double>("--delta")
        {
            Description = "delta of all claims",
            DefaultValueFactory = _ => 1e-3,
        };
        var colluders = new Option<int>("--colluders")
        {
            Description = "hospitals that tell the coordinator their own noise",
            DefaultValueFactory = _ => 0,
        };
        var study = new Option<FileInfo?>("--study")
        {
            Description = "study file whose public constants scale the features; else each hospital's own mean and "
                + "deviation, which epsilon does not cover",
        };
        var command = new Command("heart-privacy",
            "Train without privacy and at epsilon 10, 3 and 1, for patients and for hospitals, through the shipped "
            + "mechanism and\nsecure aggregation.\n\n"
            + "Example: fedmeta-sim reproduce heart-privacy heart_flamby.csv --out heart")
        {
            file, seeds, folder, delta, colluders, study,
        };
        command.SetAction(parsed =>
        {
            var hospitals = HeartFile.Read(parsed.GetRequiredValue(file), HospitalNames.Read([]));
            var settings = new PrivacySettings(parsed.GetValue(delta), parsed.GetValue(colluders));
            var terms = parsed.GetValue(study) is { } named ? StudyDraft.Read(named.FullName).OrThrow(named.Name) : null;
            var report = PatientPrivacyReport.Play(
                hospitals, terms?.Data, settings, parsed.GetValue(seeds), time.GetUtcNow(), DemoConsole.Create());
            var page = PatientPrivacyPage.Render(report);
            var written = new ReproductionFolder(parsed.GetValue(folder)!).Write("heart-privacy", page, report);
            Console.WriteLine(page);
            Console.WriteLine(string.Join('\n', written));
            return 0;
        });
        return command;
    }
}
