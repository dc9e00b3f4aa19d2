namespace FedMeta.Protocol;

/// <summary>Folders that only their owner may enter.</summary>
public static class PrivateFolder
{
    /// <summary>
    /// Makes <paramref name="folder"/> with mode 0700 (Windows: the rights of the folder above) where it is missing.
    /// </summary>
    /// <exception cref="FedMetaException">Disk full, read-only or permission.</exception>
    public static void Create(string folder) => EnvironmentFaults.Explaining(folder, () =>
    {
        if (Directory.Exists(folder)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(
            folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        DurableFolder.Flush(Path.GetDirectoryName(Path.GetFullPath(folder)));
    });
}
