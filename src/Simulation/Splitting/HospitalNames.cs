using System.CommandLine;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Splitting;

/// <summary>What to call the values of a column that tells hospitals apart.</summary>
internal static class HospitalNames
{
    /// <summary>The option <c>--name</c>, which may be given for every value.</summary>
    public static Option<string[]> Option() => new("--name")
    {
        Description = "what to call a value, for example 0=cleveland; may be given again",
    };

    /// <summary>Reads VALUE=NAME.</summary>
    /// <exception cref="FedMetaException">A pair is none, or names a value twice.</exception>
    public static IReadOnlyDictionary<string, string> Read(string[]? pairs)
    {
        var names = new Dictionary<string, string>();
        foreach (var pair in pairs ?? [])
        {
            if (pair.Split('=', 2) is not [var value, var name] || !names.TryAdd(value, name))
                throw new FedMetaException(ExitCode.Usage, $"--name {pair} is not VALUE=NAME, or names a value twice",
                    "for example --name 0=cleveland");
        }

        return names;
    }
}
