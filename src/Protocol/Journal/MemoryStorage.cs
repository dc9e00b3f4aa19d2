namespace FedMeta.Protocol;

/// <summary>
/// A journal in memory, for simulations of thousands of clients and for tests; nothing survives the process.
/// </summary>
public class MemoryStorage : JournalStorage
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _writer = new(1);
    private readonly MemoryStream _bytes = new();

    /// <summary>An empty journal.</summary>
    public MemoryStorage()
    {
    }

    /// <summary>A journal that holds <paramref name="content"/>, as a crashed process would have left it.</summary>
    public MemoryStorage(ReadOnlySpan<byte> content) => _bytes.Write(content);

    /// <inheritdoc/>
    public override string Name => "memory";

    /// <inheritdoc/>
    public override long Length
    {
        get
        {
            lock (_gate) return _bytes.Length;
        }
    }

    /// <summary>A copy of all bytes.</summary>
    public byte[] ToArray()
    {
        lock (_gate) return _bytes.ToArray();
    }

    /// <inheritdoc/>
    public override IDisposable Exclude()
    {
        _writer.Wait();
        return new Release(_writer);
    }

    /// <inheritdoc/>
    public override Stream Read(long offset) => new MemoryStream(ToArray()[checked((int)offset)..], writable: false);

    /// <inheritdoc/>
    public override void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _bytes.Position = _bytes.Length;
            _bytes.Write(bytes);
        }
    }

    /// <inheritdoc/>
    public override void Truncate(long length)
    {
        lock (_gate) _bytes.SetLength(length);
    }

    private sealed class Release(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
