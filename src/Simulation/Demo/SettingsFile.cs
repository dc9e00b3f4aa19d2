using System.Text.RegularExpressions;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Demo;

/// <summary>Sets keys of a configuration file in place, as its owner would with an editor.</summary>
internal static class SettingsFile
{
    /// <summary>Sets one key that the file shows, set or commented out.</summary>
    /// <param name="path">server.toml, policy.toml, ...</param>
    /// <param name="key">A key without a section.</param>
    /// <param name="value">As TOML writes it: a quoted text, a number.</param>
    /// <exception cref="FedMetaException">The file does not show the key.</exception>
    public static void Set(string path, string key, string value)
    {
        var text = File.ReadAllText(path);
        var line = new Regex($@"^(#\s*)?{Regex.Escape(key)}\s*=[^\n]*$", RegexOptions.Multiline);
        if (line.Count(text) != 1)
            throw new FedMetaException(ExitCode.Configuration, $"{path} does not show the key '{key}' once", "write "
                + "it there by hand");
        File.WriteAllText(path, line.Replace(text, $"{key} = {value}"));
    }
}
