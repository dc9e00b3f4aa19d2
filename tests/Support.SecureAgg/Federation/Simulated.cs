namespace FedMeta.SecureAgg.Tests;

/// <summary>One round played in memory: the real states on both sides, and a hand on the wire between them.</summary>
internal sealed class Simulated
{
    private readonly SeededRandom _random;
    private readonly int _threads;

    public Simulated(RoundContext context, long seed = 1, int threads = 0)
    {
        (_random, _threads) = (new SeededRandom(seed), threads);
        Context = context;
        Server = ServerAdvertiseKeys.Start(context, threads);
        foreach (var id in context.Members.Keys) Inputs[id] = Consortium.RandomInput(context.Parameters, _random);
    }

    public RoundContext Context { get; }

    public ServerState Server { get; private set; }

    public Dictionary<string, IReadOnlyList<RingVector>> Inputs { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ClientState> Clients { get; } = new(StringComparer.Ordinal);

    /// <summary>What clients sent last, by client.</summary>
    public Dictionary<string, ClientMessage> Sent { get; } = new(StringComparer.Ordinal);

    /// <summary>What the server sent last, by client.</summary>
    public IReadOnlyDictionary<string, ServerMessage> Announced { get; private set; } =
        new Dictionary<string, ServerMessage>();

    /// <summary>May change or lose what a client sends: null is lost.</summary>
    public Func<string, ClientMessage, ClientMessage?> FromClient { get; set; } = (_, message) => message;

    /// <summary>May change or lose what the server sends: null is lost.</summary>
    public Func<string, ServerMessage, ServerMessage?> FromServer { get; set; } = (_, message) => message;

    public Dictionary<string, ServerRefusal> ServerRefusals { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ClientRefusal> ClientRefusals { get; } = new(StringComparer.Ordinal);

    public ServerCompleted Completed => Assert.IsType<ServerCompleted>(Server);

    public ServerAborted Aborted => Assert.IsType<ServerAborted>(Server);

    /// <summary>Phase 0 of every client.</summary>
    public Simulated Advertise()
    {
        foreach (var id in Inputs.Keys.Order(StringComparer.Ordinal)) Take(id, Start(id));
        return this;
    }

    public ClientTransition Start(string id) => ClientAdvertiseKeys.Start(
        Context, id, Consortium.IdentityOf(id), Inputs[id], _random, null, Consortium.Now, _threads);

    /// <summary>Delivers what the clients sent, closes the phase and lets the clients answer what follows.</summary>
    public Simulated Advance()
    {
        Deliver();
        Close();
        Answer();
        return this;
    }

    public void Deliver()
    {
        foreach (var (id, message) in Sent.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            if (FromClient(id, message) is not { } onTheWire) continue;
            if (Server.Receive(id, onTheWire) is { } refusal) ServerRefusals[id] = refusal;
        }
    }

    public void Close() => (Server, Announced) = Server.Close();

    public void Answer()
    {
        Sent.Clear();
        foreach (var (id, message) in Announced)
        {
            if (FromServer(id, message) is { } onTheWire) Take(id, Clients[id].Receive(onTheWire, Consortium.Now));
        }
    }

    /// <summary>Plays phases until the one that is named is open, with the clients' messages for it made.</summary>
    public Simulated Until(AggregationPhase phase)
    {
        if (Clients.Count == 0) Advertise();
        while (Server.Phase < phase) Advance();
        return this;
    }

    public Simulated ToTheEnd() => Until(AggregationPhase.Ended);

    /// <summary>The round ended with exactly the sum of the inputs of those it says it included.</summary>
    public void AssertExact() => AssertExact(Completed.Included);

    /// <summary>The round ended with exactly the sum of the inputs of <paramref name="included"/>.</summary>
    public void AssertExact(IEnumerable<string> included)
    {
        var expected = included.Order(StringComparer.Ordinal).ToList();
        Assert.Equal(expected, Completed.Included);
        Assert.Equal(ExpectedSum(expected), Completed.Sum.Select(Entries));
    }

    public IEnumerable<ulong[]> ExpectedSum(IEnumerable<string> included)
    {
        var inputs = included.Select(id => Inputs[id].Select(Entries).ToList()).ToList();
        return Context.Parameters.Vectors.Select((shape, at) =>
        {
            var sum = new ulong[shape.Length];
            foreach (var input in inputs)
            {
                for (var i = 0; i < sum.Length; i++) sum[i] = unchecked(sum[i] + input[at][i]);
            }

            return Array.ConvertAll(sum, entry => entry & (ulong.MaxValue >> (64 - shape.RingBits)));
        });
    }

    public static ulong[] Entries(RingVector vector) =>
        [.. Enumerable.Range(0, vector.Length).Select(i => vector[i])];

    private void Take(string id, ClientTransition transition)
    {
        Clients[id] = transition.State;
        if (transition.Refusal is { } refusal) ClientRefusals[id] = refusal;
        if (transition.Outgoing is { } outgoing) Sent[id] = outgoing;
    }
}
