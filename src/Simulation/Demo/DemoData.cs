using System.Globalization;
using FedMeta.Protocol;
using FedMeta.Simulation.Synthetic;

namespace FedMeta.Simulation.Demo;

/// <summary>Which hospitals take part, with which files, in which study.</summary>
/// <param name="Members">Name and CSV file of those who train together.</param>
/// <param name="Newcomer">Name and CSV file of the one who comes at the end; null: nobody.</param>
/// <param name="Study">The study draft, already in the demo's folder.</param>
/// <param name="Description">Where the data come from, in words.</param>
internal sealed record DemoData(
    IReadOnlyList<(string Name, string File)> Members, (string Name, string File)? Newcomer, string Study,
        string Description)
{
    /// <summary>With four hospitals a study cannot keep the usual floors.</summary>
    private const int SmallConsortium = 4;

    public static DemoData Prepare(DemoOptions options, DemoFolder folder)
    {
        if (options.Data is not { } given)
        {
            HospitalsCommand.Write(folder.Data, options.Seed,
                [.. SyntheticHospitals.Members, SyntheticHospitals.Newcomer]);
            (string, string) In(string name) => (name, Path.Combine(folder.Data, name + ".csv"));
            return new DemoData(
                [.. SyntheticHospitals.Members.Select(p => In(p.Name))], In(SyntheticHospitals.Newcomer.Name),
                CopyStudy(options, folder, "heart.toml"),
                string.Create(CultureInfo.InvariantCulture, $"synthetic hospitals, seed {options.Seed}; no real "
                    + $"patient stands behind a row"));
        }

        if (!Directory.Exists(given)) throw new FedMetaException(ExitCode.NotFound, $"{given} is no folder", "give a "
            + "folder of CSV files");
        var files = Directory.GetFiles(given, "*.csv").Order(StringComparer.Ordinal)
            .Select(f => (NameOf(f), Path.GetFullPath(f))).ToList();
        if (files.Count < SmallConsortium)
            throw new FedMetaException(ExitCode.Data, $"{given} holds {files.Count} CSV files", "give four or more, "
                + "one per hospital");
        var study = CopyStudy(options, folder, files.Count == SmallConsortium ? "heart-four.toml" : "heart.toml");
        return new DemoData(files, null, study, given);
    }

    private static string CopyStudy(DemoOptions options, DemoFolder folder, string sample)
    {
        var source = options.Study ?? Path.Combine(AppContext.BaseDirectory, "samples", sample);
        if (!File.Exists(source)) throw new FedMetaException(ExitCode.NotFound, $"{source} is not there", "name a "
            + "study file with --study");
        var target = folder.File("study.toml");
        File.Copy(source, target);
        if (options.Study is null) SettingsFile.Set(target, "seed",
            options.Seed.ToString(CultureInfo.InvariantCulture));
        return target;
    }

    private static string NameOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return ClientId.IsValid(name)
            ? name
            : throw new FedMetaException(ExitCode.Data, $"{file}: the file's name is the hospital's name", "use a-z, "
                + "0-9 and -, for example seoul.csv");
    }
}
