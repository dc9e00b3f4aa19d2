namespace FedMeta.Server.Rounds;

/// <summary>The one connection that carries a client's upload. A newer one ends it: the client would not have begun
/// again if the old one still worked.</summary>
internal sealed class UploadStream : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a newer connection has come.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Ends this one and waits until it has let go.</summary>
    public async Task EndAsync(CancellationToken cancel)
    {
        try
        {
            await _ended.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It has let go in this very moment.
        }

        await _left.Task.WaitAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>It has let go.</summary>
    public void Dispose()
    {
        _left.TrySetResult();
        _ended.Dispose();
    }
}
