using System.Text.Json;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Reproduce.Tables;

/// <summary>Where a reproduction leaves its tables and pictures.</summary>
internal sealed class ReproductionFolder(string folder)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes NAME.md and NAME.json.</summary>
    /// <returns>Their paths.</returns>
    /// <exception cref="FedMetaException">The folder cannot be written to.</exception>
    public IReadOnlyList<string> Write<T>(string name, string markdown, T document) =>
    [
        Write($"{name}.md", markdown),
        Write($"{name}.json", JsonSerializer.Serialize(document, Indented) + "\n"),
    ];

    /// <summary>Writes one file.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="FedMetaException">The folder cannot be written to.</exception>
    public string Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        if (File.Exists(folder))
            throw new FedMetaException(ExitCode.Usage, $"{folder} is a file", "choose another folder for --out");
        EnvironmentFaults.Explaining(path, () =>
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(path, text);
            return path;
        });
        return path;
    }
}
