using System.Security.Cryptography;

namespace FedMeta.Protocol;

/// <summary>Files that appear whole or not at all, whenever the machine stops.</summary>
public static class DurableFile
{
    /// <summary>
    /// Writes beside <paramref name="path"/>, flushes, renames over it, flushes the folder. Mode 0600 on Unix where
    /// <paramref name="secret"/>, else 0644.
    /// </summary>
    /// <exception cref="FedMetaException">Disk full, read-only or permission; the old file, if any, is
    /// unharmed.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool secret = false)
    {
        var target = Path.GetFullPath(path);
        var draft = $"{target}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}.new";
        try
        {
            using (var file = new FileStream(draft, Options(secret)))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, target, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            if (EnvironmentFaults.TryExplain(fault, target) is { } explained) throw explained;
            throw;
        }

        DurableFolder.Flush(Path.GetDirectoryName(target));
    }

    private static FileStreamOptions Options(bool secret)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite
                | (secret ? 0 : UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        return options;
    }
}
