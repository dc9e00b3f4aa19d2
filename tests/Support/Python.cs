using System.ComponentModel;
using System.Diagnostics;

namespace FedMeta.Tests.Support;

/// <summary>The machine's own Python, for the scripts that stand in the documents.</summary>
public static class Python
{
    private const string Distribution = "/usr/bin/python3";

    private static readonly string Program = File.Exists(Distribution) ? Distribution : "python3";

    /// <summary>Why the scripts cannot run here; null where they can.</summary>
    public static string? Lacks { get; } = WhatIsMissing();

    /// <summary>Runs a script and answers what it printed.</summary>
    /// <exception cref="InvalidOperationException">It ended with an error, which is the message.</exception>
    public static string Run(string script, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, ["-", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(errors.Result);
    }

    /// <summary>The blocks of a document that are marked as Python, in order.</summary>
    public static IReadOnlyList<string> BlocksOf(string document) =>
    [
        .. File.ReadAllText(CheckoutFolder.At(document)).Split("```python\n").Skip(1)
            .Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]),
    ];

    private static string? WhatIsMissing()
    {
        try
        {
            Run("import numpy", Path.GetTempPath());
            return null;
        }
        catch (Exception fault) when (fault is Win32Exception or InvalidOperationException)
        {
            return "this machine has no python3 with numpy";
        }
    }
}
