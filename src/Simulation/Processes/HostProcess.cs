using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FedMeta.Simulation.Processes;

/// <summary>A host that keeps running: the coordinator, or a hospital's agent.</summary>
internal sealed partial class HostProcess : IDisposable
{
    private const int Terminate = 15;
    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Lock _lock = new();

    public HostProcess(string name, ProcessStartInfo start, string logFile, Action<string>? onLine)
    {
        Name = name;
        _log = new StreamWriter(logFile, append: true) { AutoFlush = true };
        _process = new Process { StartInfo = start };
        void Take(object _, DataReceivedEventArgs e)
        {
            if (e.Data is not { } line) return;
            lock (_lock) _log.WriteLine(line);
            onLine?.Invoke(line);
        }

        _process.OutputDataReceived += Take;
        _process.ErrorDataReceived += Take;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>Null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    public Task WaitAsync(CancellationToken cancel) => _process.WaitForExitAsync(cancel);

    /// <summary>Ends it at once, as a power cut would (SIGKILL): no chance to write, sign or say goodbye.</summary>
    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
    }

    /// <summary>
    /// Asks it to end (SIGTERM), and kills it when it has not ended after <paramref name="patience"/>.
    /// </summary>
    public async ValueTask StopAsync(TimeSpan patience, TimeProvider time)
    {
        if (_process.HasExited) return;
        if (OperatingSystem.IsWindows() || SendSignal(_process.Id, Terminate) != 0) Kill();
        using var limit = new CancellationTokenSource(patience, time);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public void Dispose()
    {
        try
        {
            Kill();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended between the question and the signal: what was wanted.
        }

        _process.Dispose();
        lock (_lock) _log.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
