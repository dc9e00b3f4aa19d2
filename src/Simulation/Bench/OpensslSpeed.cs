using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace FedMeta.Simulation.Bench;

/// <summary>What <c>openssl speed</c> says of AES-256 in counter mode on one thread, in blocks of 16 KiB.</summary>
internal static class OpensslSpeed
{
    private static readonly string[] Arguments =
        ["speed", "-mr", "-seconds", "1", "-bytes", "16384", "-evp", "aes-256-ctr"];

    /// <summary>Bytes a second; null where there is no openssl or it says nothing that can be read. Takes a
    /// second.</summary>
    public static double? Measure()
    {
        var start = new ProcessStartInfo("openssl", Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return Parse(output);
        }
        catch (Win32Exception)
        {
            return null; // it is not installed
        }
    }

    /// <summary>The last field of the line "+F:index:cipher:bytes per second".</summary>
    internal static double? Parse(string output)
    {
        var line = output.Split('\n').FirstOrDefault(each => each.StartsWith("+F:", StringComparison.Ordinal));
        var field = line?.Trim().Split(':')[^1];
        var isNumber = double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var bytes);
        return isNumber && double.IsFinite(bytes) && bytes > 0 ? bytes : null;
    }
}
