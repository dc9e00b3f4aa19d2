using FedMeta.Protocol;

namespace FedMeta.Simulation.Processes;

/// <summary>A program of FedMeta that lies beside this one, started as its own process.</summary>
internal sealed record Executable(string Name)
{
    public static readonly Executable Server = new("fedmeta");
    public static readonly Executable Client = new("fedmeta-client");

    /// <summary>The file to start and the arguments that come before the program's own.</summary>
    /// <exception cref="FedMetaException">The program does not lie beside this one.</exception>
    public (string File, string[] Leading) Resolve()
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, Name + ".dll");
        if (File.Exists(assembly) && RuntimeHost() is { } host) return (host, [assembly]);
        var native = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? Name + ".exe" : Name);
        if (File.Exists(native)) return (native, []);
        throw new FedMetaException(ExitCode.NotFound, $"{Name} is not beside fedmeta-sim in {AppContext.BaseDirectory}",
            "build the whole solution, or publish all three programs into one folder");
    }

    /// <summary>
    /// The <c>dotnet</c> that runs this process: the children get the same runtime whatever PATH says.
    /// </summary>
    private static string? RuntimeHost()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        if (string.IsNullOrEmpty(runtime)) return null;
        var host = Path.GetFullPath(
            Path.Combine(runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(host) ? host : null;
    }
}
