namespace FedMeta.SecureAgg;

/// <summary>The server of one round, collecting the messages of <see cref="Phase"/>. When to close a phase (all have
/// answered, or the deadline has passed) is the caller's decision. Not safe for use by several threads.</summary>
public abstract class ServerState
{
    private readonly IReadOnlyDictionary<string, byte[]> _members;
    private readonly HashSet<string> _awaited;
    private readonly SortedSet<string> _received = new(StringComparer.Ordinal);
    private bool _left;

    private protected ServerState(RoundContext context, IEnumerable<string> awaited)
    {
        Context = context;
        _members = context.Members;
        _awaited = awaited.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The phase that is open.</summary>
    public abstract AggregationPhase Phase { get; }

    /// <summary>The round.</summary>
    public RoundContext Context { get; }

    /// <summary>Who may still answer in this phase.</summary>
    public IReadOnlyCollection<string> Awaited => _awaited;

    /// <summary>Whose answers were accepted in this phase, in ascending order.</summary>
    public IReadOnlyCollection<string> Received => _received;

    /// <summary>Whether nobody is left to wait for.</summary>
    public virtual bool IsComplete => _awaited.Count == 0;

    /// <summary>Takes a message; null where it was accepted. A refused message changes nothing, and its sender may send
    /// a right one.</summary>
    /// <param name="clientId">The sender, authenticated by the transport.</param>
    /// <param name="message">Any client message.</param>
    /// <exception cref="InvalidOperationException">The phase has been closed; ask its successor.</exception>
    public ServerRefusal? Receive(string clientId, ClientMessage message)
    {
        RequireOpen();
        if (Phase == AggregationPhase.Ended) return ServerRefusal.RoundEnded;
        if (!_members.ContainsKey(clientId)) return ServerRefusal.UnknownClient;
        if (message.Phase < Phase) return ServerRefusal.PhaseClosed;
        if (message.Phase > Phase) return ServerRefusal.TooEarly;
        if (_received.Contains(clientId)) return ServerRefusal.AlreadyReceived;
        if (!_awaited.Contains(clientId)) return ServerRefusal.NotInRound;
        if (Accept(clientId, message) is { } refusal) return refusal;
        if (!HasAnswered(clientId)) return null;
        _awaited.Remove(clientId);
        _received.Add(clientId);
        return null;
    }

    /// <summary>Closes the phase with what has arrived and opens the next one, or ends the round.</summary>
    /// <exception cref="InvalidOperationException">The phase is closed already, or the round is over.</exception>
    public ServerTransition Close()
    {
        if (Phase == AggregationPhase.Ended) throw new InvalidOperationException("there is no phase to close");
        RequireOpen();
        _left = true;
        return Advance();
    }

    private protected abstract ServerRefusal? Accept(string clientId, ClientMessage message);

    private protected abstract ServerTransition Advance();

    /// <summary>Whether what was accepted is the whole answer to the phase.</summary>
    private protected virtual bool HasAnswered(string clientId) => true;

    private protected void RequireOpen()
    {
        if (_left) throw new InvalidOperationException("this phase has been closed: ask the state that followed");
    }

    private protected ServerTransition AbortTooFew(AbortReason reason) =>
        End(new ServerAborted(Context, reason, [.. _awaited.Order(StringComparer.Ordinal)], []));

    private protected static ServerTransition End(ServerState state) =>
        new(state, new Dictionary<string, ServerMessage>());
}
