using System.Diagnostics;
using FedMeta.Simulation.Processes;

namespace FedMeta.EndToEnd.Tests;

/// <summary>fedmeta-sim as its own process.</summary>
internal static class Simulator
{
    public static async Task<CommandResult> RunAsync(params string[] arguments)
    {
        var (file, leading) = new Executable("fedmeta-sim").Resolve();
        using var process = Process.Start(new ProcessStartInfo(file, [.. leading, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult("fedmeta-sim " + string.Join(' ', arguments), process.ExitCode, output, await errors);
    }
}
