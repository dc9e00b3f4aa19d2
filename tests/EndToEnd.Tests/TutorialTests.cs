using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FedMeta.Simulation.Processes;
using FedMeta.Tests.Support;

namespace FedMeta.EndToEnd.Tests;

/// <summary>
/// Every command of docs/tutorial.md, in its order, as real processes, from a folder that holds only the samples.
/// </summary>
public sealed class TutorialTests : IAsyncLifetime
{
    private const int PortInTheText = 7443;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fedmeta-tutorial-");
    private readonly List<Process> _terminals = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var terminal in _terminals)
        {
            terminal.Kill(entireProcessTree: true);
            await terminal.WaitForExitAsync();
            terminal.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_command_of_the_tutorial_works_as_it_stands_there()
    {
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "samples"), CheckoutFolder.At("samples"));
        PutProgramsOnThePath();
        // Another program may hold the port that the text names; nothing else of the text is changed.
        var port = LoopbackPort.Free().ToString(CultureInfo.InvariantCulture);
        var text = File.ReadAllText(CheckoutFolder.At("docs/tutorial.md"))
            .Replace($":{PortInTheText}", ":" + port, StringComparison.Ordinal);
        var blocks = TutorialBlock.In(text);
        Assert.True(blocks.Count >= 15, $"only {blocks.Count} blocks of commands were found");

        foreach (var block in blocks)
        {
            if (block.Stays) await OpenTerminalAsync(block.Commands);
            else await RunAsync(block.Commands);
        }

        using var report = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "privacy.json")));
        Assert.True(report.RootElement.ToString().Length > 1000);
        Assert.StartsWith("<!doctype "
            + "html", File.ReadAllText(Path.Combine(_folder.FullName, "dashboard.html")),
            StringComparison.OrdinalIgnoreCase);
        foreach (var model in new[] { "heart", "valley-model", "river-model" })
            Assert.True(new FileInfo(Path.Combine(_folder.FullName, model + ".safetensors")).Length > 100);
    }

    [Fact]
    public void The_tutorial_takes_its_reader_through_every_command_that_it_must()
    {
        var text = string.Concat(TutorialBlock.In(File.ReadAllText(CheckoutFolder.At("docs/tutorial.md")))
            .Select(b => b.Commands));
        string[] commands =
        [
            "fedmeta server init", "fedmeta serve", "fedmeta client invite", "fedmeta-client join", "fedmeta-client "
            + "run",
            "fedmeta study propose", "fedmeta-client study approve", "fedmeta study watch", "fedmeta report "
            + "privacy", "fedmeta audit verify",
            "fedmeta-client adapt",
        ];
        Assert.All(commands, c => Assert.Contains(c, text, StringComparison.Ordinal));
    }

    /// <summary>The two programs under their own names, as an installation has them.</summary>
    private void PutProgramsOnThePath()
    {
        var bin = _folder.CreateSubdirectory("bin").FullName;
        foreach (var program in new[] { Executable.Server, Executable.Client })
        {
            var (file, leading) = program.Resolve();
            var script = Path.Combine(bin, program.Name);
            File.WriteAllText(script, $"#!/bin/sh\nexec \"{file}\" "
                + $"{string.Join(' ', leading.Select(l => $"\"{l}\""))} \"$@\"\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task RunAsync(string commands)
    {
        using var shell = Start("set -euo pipefail\n" + commands);
        var errors = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"{commands}\nended with {shell.ExitCode}\n{output}{await errors}");
    }

    /// <summary>A command that stays is up when it has said its first word.</summary>
    private async Task OpenTerminalAsync(string commands)
    {
        var shell = Start("exec " + commands);
        _terminals.Add(shell);
        var spoke = new TaskCompletionSource();
        var said = new System.Text.StringBuilder();
        void Take(object _, DataReceivedEventArgs e)
        {
            lock (said) said.AppendLine(e.Data);
            if (e.Data is not null) spoke.TrySetResult();
        }

        shell.OutputDataReceived += Take;
        shell.ErrorDataReceived += Take;
        shell.BeginOutputReadLine();
        shell.BeginErrorReadLine();
        var ended = shell.WaitForExitAsync();
        await Task.WhenAny(spoke.Task, ended);
        Assert.False(shell.HasExited, $"{commands}\nended at once: {said}");
    }

    private Process Start(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = Path.Combine(_folder.FullName, "bin") + ":" + start.Environment["PATH"];
        return Process.Start(start)!;
    }
}
