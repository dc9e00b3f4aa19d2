namespace FedMeta.Protocol;

/// <summary>
/// An exclusive lock among processes, held while the object lives: the operating system lets go of it when its process
/// ends, however it ends, so a lock file that is left behind blocks nobody.
/// </summary>
public sealed class FolderLock : IDisposable
{
    // EAGAIN of Linux and macOS; sharing and lock violation of Windows.
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock at once, for the whole life of an agent or server.</summary>
    /// <param name="file">The lock file; it is created where it is missing, its folder is not.</param>
    /// <param name="user">Who would hold it, for the message: <c>fedmeta serve</c>.</param>
    /// <exception cref="FedMetaException"><see cref="ExitCode.AlreadyInitialised"/> where another process holds
    /// it.</exception>
    public static FolderLock Take(string file, string user) => TryTake(file) ?? throw new FedMetaException(
        ExitCode.AlreadyInitialised,
        $"another process uses {Path.GetDirectoryName(Path.GetFullPath(file))} already",
        $"{user} may run once for each home folder; stop the other one or give --home another folder");

    /// <summary>Waits for the lock, for one short operation.</summary>
    /// <exception cref="FedMetaException"><see cref="ExitCode.AlreadyInitialised"/> after
    /// <paramref name="patience"/>.</exception>
    internal static FolderLock Wait(string file, TimeSpan patience)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var never = new ManualResetEventSlim();
        for (var pause = 1; ; pause = Math.Min(pause * 2, 50))
        {
            if (TryTake(file) is { } taken) return taken;
            if (TimeProvider.System.GetElapsedTime(start) > patience)
            {
                throw new FedMetaException(
                    ExitCode.AlreadyInitialised,
                    $"another process has held {file} for {patience.TotalSeconds:0} s",
                    "a hung fedmeta process holds it; end that process (fuser shows it) and run the command again");
            }

            // Files have no event to wait for: the lock is another process's, and asked for again a little later.
            never.Wait(pause);
        }
    }

    private static FolderLock? TryTake(string file)
    {
        try
        {
            return new FolderLock(new FileStream(file, Options));
        }
        catch (IOException fault) when (Taken.Contains(fault.HResult))
        {
            return null;
        }
        catch (Exception fault) when (EnvironmentFaults.TryExplain(fault, file) is not null)
        {
            throw EnvironmentFaults.TryExplain(fault, file)!;
        }
    }

    private static FileStreamOptions Options
    {
        get
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return options;
        }
    }

    /// <summary>
    /// Lets go of the lock. The file stays: removing it would let two processes hold two files of one name.
    /// </summary>
    public void Dispose() => _file.Dispose();
}
