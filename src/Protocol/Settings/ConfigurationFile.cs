using System.Text;

namespace FedMeta.Protocol;

/// <summary>
/// Reads and writes the files that configure a program: <c>server.toml</c>, <c>client.toml</c>, <c>policy.toml</c>.
/// </summary>
public static class ConfigurationFile
{
    /// <summary>
    /// Reads the file at <paramref name="path"/>; what is wrong in it is in <see cref="SettingsReader.Problems"/>.
    /// </summary>
    /// <exception cref="FedMetaException">The file is missing, too large, or may not be read.</exception>
    public static SettingsReader Read(string path, SettingSet set) => SettingsReader.Read(ReadBytes(path), set);

    /// <summary>The whole file, if it is short enough to be a text that a person wrote.</summary>
    /// <exception cref="FedMetaException">The file is missing, too large, or may not be read.</exception>
    public static byte[] ReadBytes(string path) => EnvironmentFaults.Explaining(path, () =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var bytes = new byte[TomlLimits.Bytes + 1];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read <= TomlLimits.Bytes
            ? bytes[..read]
            : throw new FedMetaException(
                ExitCode.Configuration,
                $"{path} is larger than {TomlLimits.Bytes} bytes",
                "check that it is the right file");
    });

    /// <summary>Throws all problems as one error.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="problems">What is wrong; nothing happens where there is nothing.</param>
    /// <param name="code">What kind of file it is.</param>
    /// <exception cref="FedMetaException">There is a problem.</exception>
    public static void ThrowIfAny(
        string path, IReadOnlyList<DocumentProblem> problems, ExitCode code = ExitCode.Configuration)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (problems.Count == 0) return;
        var count = problems.Count == 1 ? "a problem" : $"{problems.Count} problems";
        throw new FedMetaException(
            code,
            $"{path} has {count}: {string.Join("; ", problems)}",
            "correct the lines that are named; nothing was changed");
    }

    /// <summary>
    /// The text of a file with every key, its meaning and range. A key without a value of its own is written as a
    /// comment that shows the default.
    /// </summary>
    /// <param name="set">The file's keys.</param>
    /// <param name="values">What to write, in canonical spelling (<see cref="SettingKey{T}.Write"/>).</param>
    /// <exception cref="ArgumentException">A key that must stand in the file has no value.</exception>
    public static string Compose(SettingSet set, IReadOnlyDictionary<SettingKey, string> values)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(values);
        var text = new StringBuilder($"# {set.Title}\n");
        var section = "";
        foreach (var key in set.Keys)
        {
            if (key.Section != section) text.Append($"\n[{section = key.Section}]\n");
            text.Append($"\n# {key.Summary}: {key.Range}\n");
            if (values.TryGetValue(key, out var value)) text.Append($"{key.Name} = {value}\n");
            else if (key.DefaultText is { } fallback) text.Append($"# {key.Name} = {fallback}\n");
            else throw new ArgumentException($"{key.Path} has no value", nameof(values));
        }

        return text.ToString();
    }
}
