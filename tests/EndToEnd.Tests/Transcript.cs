namespace FedMeta.EndToEnd.Tests;

/// <summary>The lines of a process while it writes them.</summary>
internal sealed class Transcript
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock) return [.. _lines];
        }
    }

    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            _next.SetResult();
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The first line that holds the words, as soon as there is one.</summary>
    public async Task<string> LineAsync(string words)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_lines.Find(line => line.Contains(words, StringComparison.Ordinal)) is { } found) return found;
                next = _next.Task;
            }

            await next;
        }
    }
}
