using System.CommandLine;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Synthetic;

/// <summary>
/// <c>fedmeta-sim hospitals</c>: writes the invented hospitals, for the tutorial and for trying things.
/// </summary>
internal static class HospitalsCommand
{
    public static Command Create()
    {
        var folder =
            new Option<string>("--out")
            {
                Description = "folder for one CSV file per hospital; must not hold them yet",
                Required = true
            };
        var seed = new Option<int>("--seed")
        {
            Description = "the same seed gives the same bytes",
            DefaultValueFactory = _ => 1
        };
        var command = new Command("hospitals",
            "Invent seven hospitals whose patients have the columns of samples/heart.toml.\n\nExample: fedmeta-sim "
            + "hospitals --out data --seed 1")
        {
            folder, seed,
        };
        command.SetAction(parsed =>
        {
            foreach (var (file, patients) in Write(parsed.GetValue(folder)!, parsed.GetValue(seed),
                [.. SyntheticHospitals.Members, SyntheticHospitals.Newcomer]))
                Console.WriteLine($"{file}  {patients} patients");
            return 0;
        });
        return command;
    }

    /// <summary>Writes <c>FOLDER/NAME.csv</c> for each profile.</summary>
    /// <exception cref="FedMetaException">A file is there already.</exception>
    public static IReadOnlyList<(string File, int Patients)> Write(string folder, int seed,
        IReadOnlyList<HospitalProfile> profiles)
    {
        Directory.CreateDirectory(folder);
        var written = new List<(string, int)>();
        foreach (var profile in profiles)
        {
            var file = Path.Combine(folder, profile.Name + ".csv");
            if (File.Exists(file)) throw new FedMetaException(ExitCode.Data, $"{file} is there already",
                "choose an empty folder for --out");
            File.WriteAllText(file, SyntheticHospitals.Generate(profile, seed));
            written.Add((file, profile.Patients));
        }

        return written;
    }
}
