namespace FedMeta.SecureAgg;

/// <summary>A client of one round, waiting for the message of <see cref="Phase"/>. A state is used once: after it moved
/// on, only its successor answers. Not safe for use by several threads. Disposal erases the secrets.</summary>
public abstract class ClientState : IDisposable
{
    private bool _left;

    private protected ClientState()
    {
    }

    /// <summary>The phase whose message the client waits for.</summary>
    public abstract AggregationPhase Phase { get; }

    /// <summary>Takes the server's next message.</summary>
    /// <param name="message">Any message of the server.</param>
    /// <param name="now">The client's own time; nothing is answered after the round's expiry.</param>
    /// <exception cref="InvalidOperationException">The state has moved on; ask its successor.</exception>
    public ClientTransition Receive(ServerMessage message, DateTimeOffset now)
    {
        if (_left) throw new InvalidOperationException("this state has moved on: each state answers one message");
        if (Phase == AggregationPhase.Ended) return new ClientTransition(this, null, ClientRefusal.RoundEnded);
        if (message.Phase < Phase) return new ClientTransition(this, null, ClientRefusal.MessageRepeated);
        if (message.Phase > Phase) return new ClientTransition(this, null, ClientRefusal.MessageOutOfOrder);
        _left = true;
        var handedOn = false;
        try
        {
            var next = now > Expiry ? Refuse(ClientRefusal.RoundExpired) : Answer(message);
            handedOn = next.Refusal is null;
            return next;
        }
        finally
        {
            if (!handedOn) Erase();
        }
    }

    /// <summary>Erases what secrets the state holds; a client that gives up a round must call it. A state that has
    /// moved on holds none.</summary>
    public void Dispose()
    {
        if (_left || Phase == AggregationPhase.Ended) return;
        _left = true;
        Erase();
        GC.SuppressFinalize(this);
    }

    private protected abstract DateTimeOffset Expiry { get; }

    private protected abstract ClientTransition Answer(ServerMessage message);

    private protected abstract void Erase();

    private protected static ClientTransition Refuse(ClientRefusal refusal) =>
        new(new ClientAborted(refusal), null, refusal);
}
