using System.Diagnostics;
using System.Globalization;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Processes;

/// <summary>
/// Every process that a run starts. Short commands are awaited; hosts run until they are stopped or killed. When the
/// family is
/// disposed of, nothing of it is left running.
/// </summary>
internal sealed class ProcessFamily(string logs, TimeProvider time) : IAsyncDisposable
{
    private readonly List<HostProcess> _hosts = [];
    private readonly Lock _lock = new();
    private readonly StreamWriter _commands =
        Log(Path.Combine(Directory.CreateDirectory(logs).FullName, "commands.log"));

    /// <summary>Runs a command to its end and writes it, its status and what it said to commands.log.</summary>
    /// <param name="program">Which of ours.</param>
    /// <param name="arguments">As on a command line; never a secret.</param>
    /// <param name="cancel">Kills the command.</param>
    /// <param name="input">Given on standard input; where an invite goes.</param>
    /// <param name="secret">Keeps what the command said out of commands.log.</param>
    public async Task<CommandResult> TryAsync(
        Executable program, string[] arguments, CancellationToken cancel, string? input = null, bool secret = false)
    {
        var (file, leading) = program.Resolve();
        using var process = Process.Start(StartInfo(file, [.. leading, .. arguments], input is not null))!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            if (input is not null)
            {
                await process.StandardInput.WriteLineAsync(input.AsMemory(), cancel);
                process.StandardInput.Close();
            }

            await process.WaitForExitAsync(cancel);
            var result =
                new CommandResult($"{program.Name} {string.Join(' ', arguments)}", process.ExitCode, await output,
                    await errors);
            Record(result, secret);
            return result;
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            throw;
        }
    }

    /// <summary>As <see cref="TryAsync"/>; any other status than 0 ends the run with what the command said.</summary>
    /// <exception cref="FedMetaException">The command failed; the status is the command's own.</exception>
    public async Task<string> RunAsync(
        Executable program, string[] arguments, CancellationToken cancel, string? input = null, bool secret = false)
    {
        var result = await TryAsync(program, arguments, cancel, input, secret);
        if (result.ExitCode == 0) return result.Output;
        var said = result.Errors.Trim().Length > 0 ? result.Errors.Trim() : result.Output.Trim();
        throw new FedMetaException(Enum.IsDefined((ExitCode)result.ExitCode) ? (ExitCode)result.ExitCode
            : ExitCode.Unexpected,
            $"'{result.CommandLine}' ended with {result.ExitCode}: {said}", $"see commands.log in {logs}");
    }

    /// <summary>Starts a host; its output goes line by line to NAME.log and to <paramref name="onLine"/>.</summary>
    public HostProcess Start(Executable program, string name, string[] arguments, Action<string>? onLine = null)
    {
        var (file, leading) = program.Resolve();
        var host = new HostProcess(name, StartInfo(file, [.. leading, .. arguments], false),
            Path.Combine(logs, name + ".log"), onLine);
        lock (_lock) _hosts.Add(host);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        HostProcess[] hosts;
        lock (_lock) hosts = [.. _hosts];
        // The newest first: agents before the coordinator that they call.
        await Task.WhenAll(hosts.Reverse().Select(h => h.StopAsync(TimeSpan.FromSeconds(5), time).AsTask()));
        foreach (var host in hosts) host.Dispose();
        lock (_lock) _commands.Dispose();
    }

    private static ProcessStartInfo StartInfo(string file, string[] arguments, bool input)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = input,
        };
        // Many short processes on few cores: quick compilation matters more than peak speed, and spare heaps more than
        // throughput.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_QuickJitForLoops"] = "1";
        start.Environment["DOTNET_gcServer"] = "0";
        return start;
    }

    private void Record(CommandResult result, bool secret)
    {
        lock (_lock)
        {
            _commands.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"$ {result.CommandLine}\nstatus {result.ExitCode}"));
            var said = secret && result.ExitCode == 0 ? "(secret)" : result.Output + result.Errors;
            foreach (var line in said.Split('\n', StringSplitOptions.RemoveEmptyEntries)) _commands.WriteLine("  "
                + line);
            _commands.Flush();
        }
    }

    private static StreamWriter Log(string path) => new(path, append: true);

    private static void Kill(Process process)
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
    }
}
