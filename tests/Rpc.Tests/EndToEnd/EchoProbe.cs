namespace FedMeta.Rpc.Tests.EndToEnd;

/// <summary>What a test sees of the service's inside, and where it holds the service back.</summary>
public sealed class EchoProbe
{
    private long _bytesSent;

    /// <summary>Completes when a handler that waits has begun.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a handler that waits has seen its call cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Until it completes, the handler that gathers reads nothing.</summary>
    public Task MayRead { get; set; } = Task.CompletedTask;

    /// <summary>Bytes that the handler that scatters could hand over so far.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Counts bytes that were handed over.</summary>
    public void Sent(int bytes) => Interlocked.Add(ref _bytesSent, bytes);
}
