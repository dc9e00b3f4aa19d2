using System.Diagnostics;

namespace FedMeta.Tests.Support;

/// <summary>A file system of its own in memory (Linux, with the right to mount).</summary>
public sealed class SmallDisk : IDisposable
{
    /// <summary>Mounts it.</summary>
    public SmallDisk(int bytes)
    {
        Root = Directory.CreateTempSubdirectory("fedmeta-disk-").FullName;
        if (!TryRun("mount", "-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", Root))
            throw new IOException("mount failed");
    }

    /// <summary>Its folder.</summary>
    public string Root { get; }

    /// <summary>Whether this user may mount one.</summary>
    public static bool IsAvailable { get; } = Probe();

    /// <summary>Takes every block that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Path.Combine(Root, "filler"), FileMode.Append, FileAccess.Write,
            FileShare.None, bufferSize: 0);
        try
        {
            while (true) filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full, as was asked for.
        }
    }

    /// <summary>Gives it another size.</summary>
    public void Grow(int bytes) => Remount($"size={bytes}");

    /// <summary>Mounts it anew with other options.</summary>
    public void Remount(string options)
    {
        if (!TryRun("mount", "-o", $"remount,{options}", Root)) throw new IOException("remount failed");
    }

    /// <summary>Unmounts it; what was on it is gone.</summary>
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
