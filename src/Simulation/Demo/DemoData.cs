using System.Globalization;
using System.Text;
using FedMeta.Protocol;
using FedMeta.Simulation.Splitting;
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
    /// <summary>The public probe set that the study names; null: none.</summary>
    public string? Probe { get; init; }

    /// <summary>With four hospitals a study cannot keep the usual floors.</summary>
    private const int SmallConsortium = 4;

    public static DemoData Prepare(DemoOptions options, DemoFolder folder)
    {
        if (options is { Sample: not null, Study: not null })
            throw new FedMetaException(ExitCode.Usage, "a sample is a study", "give --sample or --study, not both");
        var sample = options.Sample is { } name ? Sample.Named(name) : null;
        if (options.Data is { } given) return OfFiles(options, folder, sample, Files(options, given, folder));
        if (sample is { Family: { } family }) return Invented(options, folder, sample, family);
        if (sample is not null)
        {
            throw new FedMetaException(ExitCode.Usage, $"the sample {sample.Name} wants real data",
                "give --data FILE.csv --by COLUMN, or --data DIR with one CSV file per hospital");
        }

        HospitalsCommand.Write(folder.Data, options.Seed, [.. SyntheticHospitals.Members, SyntheticHospitals.Newcomer]);
        (string, string) In(string hospital) => (hospital, Path.Combine(folder.Data, hospital + ".csv"));
        return new DemoData(
            [.. SyntheticHospitals.Members.Select(p => In(p.Name))], In(SyntheticHospitals.Newcomer.Name),
            CopyStudy(options, folder, "heart.toml"),
            string.Create(CultureInfo.InvariantCulture, $"synthetic hospitals, seed {options.Seed}; no real patient "
                + $"stands behind a row"));
    }

    private static DemoData Invented(DemoOptions options, DemoFolder folder, Sample sample, TaskFamily family)
    {
        var sites = TasksCommand.Write(family, folder.Data, options.Seed);
        var study = CopyStudy(options, folder, sample.Name + ".toml");
        var data = new DemoData([.. sites.SkipLast(1)], sites[^1], study,
            string.Create(CultureInfo.InvariantCulture, $"invented tasks '{family.Name}', seed {options.Seed}"));
        if (!StudyDraft.Read(study).OrThrow(study).Checks.HasProbe) return data;
        var probe = Encoding.UTF8.GetBytes(family.Probe(options.Seed));
        File.WriteAllBytes(folder.File("probe.csv"), probe);
        SettingsFile.Set(study, "probe", $"\"{Sha256Digest.Of(probe)}\"");
        return data with { Probe = folder.File("probe.csv") };
    }

    private static DemoData OfFiles(
        DemoOptions options, DemoFolder folder, Sample? sample, IReadOnlyList<(string Name, string File)> files)
    {
        var usual = files.Count == SmallConsortium ? "heart-four.toml" : "heart.toml";
        return new DemoData(files, null, CopyStudy(options, folder, sample is null ? usual : sample.Name + ".toml"),
            options.Data!);
    }

    private static List<(string Name, string File)> Files(DemoOptions options, string given, DemoFolder folder)
    {
        if (options.By is { } column)
        {
            HospitalSplit.Write(given, column, new Dictionary<string, string>(), folder.Data);
            given = folder.Data;
        }

        if (!Directory.Exists(given)) throw new FedMetaException(ExitCode.NotFound, $"{given} is no folder", "give a "
            + "folder of CSV files, or one file with --by COLUMN");
        var files = Directory.GetFiles(given, "*.csv").Order(StringComparer.Ordinal)
            .Select(f => (NameOf(f), Path.GetFullPath(f))).ToList();
        return files.Count >= SmallConsortium
            ? files
            : throw new FedMetaException(ExitCode.Data, $"{given} holds {files.Count} CSV files", "give four or more, "
                + "one per hospital");
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
