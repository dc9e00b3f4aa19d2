using System.Runtime.InteropServices;

namespace FedMeta.Protocol;

/// <summary>
/// Makes a new name in a folder survive a power cut: fsync(2) of a file does not promise that its directory entry is on
/// the disk too. Windows' file systems journal names by themselves.
/// </summary>
internal static class DurableFolder
{
    public static void Flush(string? folder)
    {
        if (OperatingSystem.IsWindows() || string.IsNullOrEmpty(folder)) return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0) return;

        // Some network file systems refuse fsync on a folder; then their server has its own promise to keep.
        _ = Fsync(descriptor);
        _ = Close(descriptor);
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
