namespace FedMeta.SecureAgg;

/// <summary>What a client sends to the server; exactly one message for each phase.</summary>
public abstract record ClientMessage
{
    private protected ClientMessage()
    {
    }

    /// <summary>The phase to which the message belongs.</summary>
    public abstract AggregationPhase Phase { get; }
}
