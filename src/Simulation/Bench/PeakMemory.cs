using System.Globalization;

namespace FedMeta.Simulation.Bench;

/// <summary>The most memory that this process ever held.</summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status";

    /// <summary>Greatest resident set in bytes; null where the system does not tell.</summary>
    public static long? Bytes => File.Exists(Status) ? Parse(File.ReadAllLines(Status)) : null;

    /// <summary>The line "VmHWM: N kB" among the lines of the status file.</summary>
    internal static long? Parse(IEnumerable<string> lines)
    {
        var line = lines.FirstOrDefault(each => each.StartsWith("VmHWM:", StringComparison.Ordinal));
        var words = line?.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words is not [_, var number, "kB"]) return null;
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes)
            ? kibibytes * 1024
            : null;
    }
}
