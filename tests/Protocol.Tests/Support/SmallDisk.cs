using System.Diagnostics;

namespace FedMeta.Protocol.Tests;

/// <summary>A file system of its own in memory (Linux, with the right to mount).</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(int bytes)
    {
        Root = Directory.CreateTempSubdirectory("fedmeta-disk-").FullName;
        if (!TryRun("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", Root))
            throw new IOException("mount failed");
    }

    public string Root { get; }

    public static bool IsAvailable { get; } = Probe();

    public void Grow(int bytes) => Remount($"size={bytes}");

    public void Remount(string options)
    {
        if (!TryRun("mount", "-o", $"remount,{options}", Root)) throw new IOException("remount failed");
    }

    public void Dispose()
    {
        TryRun("umount", Root);
        Directory.Delete(Root);
    }

    private static bool Probe()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") return false;
        try
        {
            new SmallDisk(4096).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
