namespace FedMeta.Server.Rounds;

/// <summary>
/// How many masked inputs of one sum may be on their way at a time: each keeps its packed bytes until it is complete,
/// so the places bound the memory. There are more of them than the study reckons colluders: those who send slowly, or
/// never to the end, cannot take all. An upload waits for a place; where a broken one holds it, the oldest broken one
/// gives way and what had arrived of it is taken back.
/// </summary>
/// <param name="places">At least 1.</param>
/// <param name="takeBack">Takes a client's partial upload off the sum.</param>
internal sealed class UploadSlots(int places, Action<string> takeBack)
{
    /// <summary>Places beyond the number of colluders.</summary>
    public const int Spare = 4;

    private readonly Lock _gate = new();
    private readonly LinkedList<Upload> _held = [];
    private readonly Dictionary<string, byte[]> _contents = new(StringComparer.Ordinal);
    private TaskCompletionSource _bell = NewBell();

    /// <summary>Uploads that hold a place, running or broken.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
                return _held.Count;
        }
    }

    /// <summary>Whether a client said before that it sends something else.</summary>
    public bool Contradicts(string client, ReadOnlySpan<byte> content)
    {
        lock (_gate)
            return _contents.TryGetValue(client, out var said) && !content.SequenceEqual(said);
    }

    /// <summary>A client's first piece was taken: from now on it can send nothing else.</summary>
    public void Bind(string client, ReadOnlySpan<byte> content)
    {
        lock (_gate)
            _contents.TryAdd(client, content.ToArray());
    }

    /// <summary>The place of a client: its own, a free one, or that of the oldest broken upload; waits for one where
    /// all are running.</summary>
    public async Task<Upload> TakeAsync(string client, CancellationToken cancel)
    {
        while (true)
        {
            Task bell;
            lock (_gate)
            {
                if (TryTake(client) is { } upload)
                    return upload;
                bell = _bell.Task;
            }

            await bell.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>The connection of an upload ended. A complete one gives its place back, a broken one keeps it until it
    /// is needed, a spoilt one is taken back.</summary>
    public void Leave(Upload upload, bool isComplete)
    {
        lock (_gate)
        {
            _held.Remove(upload);
            if (upload.IsSpoilt)
                takeBack(upload.Client);
            if (isComplete || upload.IsSpoilt)
            {
                upload.Dispose();
            }
            else
            {
                upload.IsRunning = false;
                _held.AddLast(upload);
            }

            (var bell, _bell) = (_bell, NewBell());
            bell.TrySetResult();
        }
    }

    // Called inside the lock.
    private Upload? TryTake(string client)
    {
        var own = _held.FirstOrDefault(u => u.Client == client);
        if (own is null && _held.Count >= places)
        {
            if (_held.FirstOrDefault(u => !u.IsRunning) is not { } oldest)
                return null;
            takeBack(oldest.Client);
            _held.Remove(oldest);
            oldest.Dispose();
        }

        if (own is null)
            _held.AddLast(own = new Upload(client));
        own.IsRunning = true;
        return own;
    }

    private static TaskCompletionSource NewBell() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
