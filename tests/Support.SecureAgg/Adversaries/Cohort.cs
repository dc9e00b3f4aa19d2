namespace FedMeta.SecureAgg.Tests;

/// <summary>The clients of one round: those of the product, stand-ins with something taken out of them, and those that
/// side with the server.</summary>
internal sealed class Cohort
{
    private readonly SeededRandom _random;

    /// <param name="context">The round as the clients know it.</param>
    /// <param name="weakness">What is taken out; null for the product's own clients, and
    /// <see cref="Weakness.None"/> for stand-ins from which nothing is taken out.</param>
    /// <param name="colluders">Who sides with the server.</param>
    /// <param name="shown">What one client was shown instead; null for the same as everyone.</param>
    /// <param name="seed">Of inputs and keys.</param>
    public Cohort(
        RoundContext context,
        Weakness? weakness = null,
        IReadOnlyCollection<string>? colluders = null,
        Func<string, RoundContext>? shown = null,
        long seed = 1)
    {
        _random = new SeededRandom(seed);
        Weakened = weakness ?? Weakness.None;
        Context = (Weakened & Weakness.NoModelHash) != 0 ? context with { ModelHash = new byte[32] } : context;
        foreach (var id in context.Members.Keys.Order(StringComparer.Ordinal))
        {
            Inputs[id] = PlainVector.Random(context, _random);
            SecondInputs[id] = PlainVector.Random(context, _random);
            var own = shown?.Invoke(id) ?? context;
            if (colluders?.Contains(id) == true)
            {
                var colluder = new WeakClient(own, id, [Inputs[id]], _random, Weakened);
                Colluders.Add(colluder);
                Clients[id] = colluder;
            }
            else Clients[id] = Victim(own, id, weakness);
        }
    }

    /// <summary>What an attack must fail against: the product's clients, or stand-ins from which nothing is
    /// taken out, so that what a weakened stand-in gives away is due to its weakness alone.</summary>
    public static Weakness? Whole(bool product) => product ? null : Weakness.None;

    public RoundContext Context { get; }

    /// <summary>What is taken out.</summary>
    public Weakness Weakened { get; }

    public ColludingClients Colluders { get; } = new();

    public Dictionary<string, ClientActor> Clients { get; } = new(StringComparer.Ordinal);

    /// <summary>The inputs; they may be changed before the round starts.</summary>
    public Dictionary<string, uint[]> Inputs { get; } = new(StringComparer.Ordinal);

    /// <summary>What a client that masks twice masks then.</summary>
    public Dictionary<string, uint[]> SecondInputs { get; } = new(StringComparer.Ordinal);

    public uint[] SumOf(IEnumerable<string> ids) => PlainVector.Sum(Context, ids.Select(id => Inputs[id]));

    /// <summary>A copy of the two secrets of a client that has advertised, for a test that looks into it.</summary>
    public (byte[] Seed, byte[] MaskKey) SecretsOf(string id)
    {
        var keys = Clients[id] is HonestClient honest
            ? Secrets.Reachable<OneRoundKeys>(honest.State!).Single()
            : ((WeakClient)Clients[id]).Own;
        return (keys.Seed.Span.ToArray(), keys.MaskKey.Span.ToArray());
    }

    /// <summary>Has a client change sides after it advertised: the server gets its memory.</summary>
    public void Corrupt(string id)
    {
        var colluder = Clients[id] as WeakClient
            ?? new WeakClient((HonestClient)Clients[id], Context, Inputs[id], _random);
        Colluders.Add(colluder);
        Clients[id] = colluder;
    }

    private ClientActor Victim(RoundContext own, string id, Weakness? weakness) => weakness is { } some
        ? new WeakClient(own, id, [Inputs[id], SecondInputs[id]], _random, some)
        : new HonestClient(own, id, Inputs[id], _random);
}
