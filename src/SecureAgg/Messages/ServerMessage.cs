namespace FedMeta.SecureAgg;

/// <summary>What the server sends to a client; a client answers it with the <see cref="ClientMessage"/> of the same
/// phase.</summary>
public abstract record ServerMessage
{
    private protected ServerMessage()
    {
    }

    /// <summary>The phase that the message opens.</summary>
    public abstract AggregationPhase Phase { get; }
}
