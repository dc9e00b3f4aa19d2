namespace FedMeta.Protocol;

/// <summary>
/// A journal in a folder of its own: <c>journal.jsonl</c> and the lock file <c>lock</c>. A copy of the folder, taken at
/// any moment, is a backup: at worst its last line is torn, and opening it says so and cuts it off.
/// </summary>
public sealed class FolderStorage : JournalStorage
{
    private const string FileName = "journal.jsonl";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly string _lock;
    private readonly FileStream _file;

    /// <param name="folder">The journal's folder; made with mode 0700 where it is missing.</param>
    /// <exception cref="FedMetaException">Permission, read-only or full disk.</exception>
    public FolderStorage(string folder)
    {
        PrivateFolder.Create(folder);
        Name = Path.Combine(folder, FileName);
        _lock = Path.Combine(folder, "lock");
        _file = EnvironmentFaults.Explaining(Name, () =>
        {
            var isNew = !File.Exists(Name);
            var file = new FileStream(Name, Options);
            if (isNew) DurableFolder.Flush(folder);
            return file;
        });
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override long Length => RandomAccess.GetLength(_file.SafeFileHandle);

    /// <summary>Whether <paramref name="folder"/> holds a journal.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <inheritdoc/>
    public override IDisposable Exclude() => FolderLock.Wait(_lock, Patience);

    /// <inheritdoc/>
    public override Stream Read(long offset)
    {
        var stream = new FileStream(Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
        stream.Position = offset;
        return stream;
    }

    /// <inheritdoc/>
    public override void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file.SafeFileHandle, bytes, Length);
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
    }

    /// <inheritdoc/>
    public override void Truncate(long length)
    {
        RandomAccess.SetLength(_file.SafeFileHandle, length);
        RandomAccess.FlushToDisk(_file.SafeFileHandle);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
    }

    private static FileStreamOptions Options
    {
        get
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return options;
        }
    }
}
