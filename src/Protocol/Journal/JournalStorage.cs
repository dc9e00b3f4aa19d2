namespace FedMeta.Protocol;

/// <summary>Where a journal's bytes lie. The seam by which tests make disks full, slow or torn.</summary>
public abstract class JournalStorage : IDisposable
{
    /// <summary>Where it lies, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>Bytes there are now.</summary>
    public abstract long Length { get; }

    /// <summary>Keeps every other writer out, other processes included, until the answer is disposed.</summary>
    /// <exception cref="FedMetaException"><see cref="ExitCode.AlreadyInitialised"/> where it cannot be had within 10
    /// seconds.</exception>
    public abstract IDisposable Exclude();

    /// <summary>The bytes from <paramref name="offset"/> on.</summary>
    public abstract Stream Read(long offset);

    /// <summary>
    /// Adds <paramref name="bytes"/> at the end and returns when they would survive a power cut. Where it throws, any
    /// beginning of them may lie there.
    /// </summary>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    public abstract void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Cuts off what lies beyond <paramref name="length"/>.</summary>
    public abstract void Truncate(long length);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes files.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
