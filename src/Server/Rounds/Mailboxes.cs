using System.Collections.Concurrent;
using FedMeta.Protocol.V1;

namespace FedMeta.Server.Rounds;

/// <summary>All clients' mailboxes, and who has been heard of lately.</summary>
internal sealed class Mailboxes(TimeProvider time)
{
    /// <summary>How long a poll is held open. Proxies cut what is silent for 30 seconds.</summary>
    public static readonly TimeSpan PollHold = TimeSpan.FromSeconds(20);

    /// <summary>A client that asked within this time counts as present.</summary>
    public static readonly TimeSpan PresenceWindow = PollHold + TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Mailbox> _boxes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private readonly long _epoch = time.GetUtcNow().ToUnixTimeMilliseconds();
    private volatile TaskCompletionSource _arrival = NewArrival();

    /// <summary>Ends when any client asks for its next instruction.</summary>
    public Task NextArrival => _arrival.Task;

    /// <summary>Puts an instruction into one client's box.</summary>
    public void Post(string client, Instruction instruction) => Box(client).Post(instruction);

    /// <summary>When the client last asked, or null.</summary>
    public DateTimeOffset? LastSeen(string client) => _seen.TryGetValue(client, out var at) ? at : null;

    /// <summary>Whether the client asked a short time ago.</summary>
    public bool IsPresent(string client) =>
        _seen.TryGetValue(client, out var at) && time.GetUtcNow() - at <= PresenceWindow;

    /// <summary>The next instruction, or an empty one after <see cref="PollHold"/>.</summary>
    public async Task<Instruction> AwaitAsync(string client, ulong after, CancellationToken cancel)
    {
        var box = Box(client);
        using var hold = new CancellationTokenSource(PollHold, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, hold.Token);
        Arrived(client);
        while (true)
        {
            if (box.Next(after, out var bell) is { } instruction)
                return instruction;
            try
            {
                await bell.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (hold.IsCancellationRequested && !cancel.IsCancellationRequested)
            {
                Arrived(client);
                return new Instruction();
            }
        }
    }

    private void Arrived(string client)
    {
        _seen[client] = time.GetUtcNow();
        Interlocked.Exchange(ref _arrival, NewArrival()).TrySetResult();
    }

    private Mailbox Box(string client) => _boxes.GetOrAdd(client, _ => new Mailbox(_epoch));

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
