namespace FedMeta.SecureAgg;

/// <summary>Phase 0 of the server: collects advertisements, checks them and makes the roster.</summary>
public sealed class ServerAdvertiseKeys : ServerState
{
    private readonly byte[] _contextHash;
    private readonly int _threads;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, AdvertiseKeysMessage> _advertised = new(StringComparer.Ordinal);

    private ServerAdvertiseKeys(RoundContext context, int threads)
        : base(context, context.Members.Keys) => (_contextHash, _threads) = (context.ComputeHash(), threads);

    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.AdvertiseKeys;

    /// <summary>Whether the roster is full or every member has advertised.</summary>
    public override bool IsComplete => base.IsComplete || Received.Count == Context.Parameters.MaxClients;

    /// <summary>Opens a round.</summary>
    /// <param name="context">What all parties agree on.</param>
    /// <param name="threads">How many threads the last phase may use to take the masks off; 0 for one for each
    /// processor. The sum does not depend on it.</param>
    /// <exception cref="ArgumentException">The context is invalid; the message lists all that is wrong.</exception>
    public static ServerAdvertiseKeys Start(RoundContext context, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        var problems = context.Validate();
        if (problems.Count > 0) throw new ArgumentException(string.Join("; ", problems), nameof(context));
        return new ServerAdvertiseKeys(context, threads == 0 ? Environment.ProcessorCount : threads);
    }

    private protected override ServerRefusal? Accept(string clientId, ClientMessage message)
    {
        var keys = (AdvertiseKeysMessage)message;
        if (Received.Count == Context.Parameters.MaxClients) return ServerRefusal.RosterFull;
        if (!keys.HasExactLengths) return ServerRefusal.WrongLength;
        if (!keys.HasCanonicalKeys) return ServerRefusal.InvalidKey;
        var statement = Statements.Advertisement(_contextHash, clientId, keys);
        if (!Context.IsSignedBy(clientId, statement, keys.Signature.Span))
        {
            return ServerRefusal.BadSignature;
        }

        // Such a roster would be refused by every honest client: one bad member must not stop the others.
        if (X25519.IsLowOrder(keys.SharePublicKey.Span) || X25519.IsLowOrder(keys.MaskPublicKey.Span))
        {
            return ServerRefusal.InvalidKey;
        }

        var values = keys.FreshValues.Select(value => Convert.ToHexString(value.Span)).ToList();
        if (values.Distinct().Count() < values.Count || values.Any(_seen.Contains)) return ServerRefusal.DuplicateKey;
        _seen.UnionWith(values);
        _advertised.Add(clientId, keys);
        return null;
    }

    private protected override ServerTransition Advance()
    {
        if (Context.Parameters.CheckRoster(_advertised.Count) is not null)
        {
            return AbortTooFew(AbortReason.TooFewAdvertised);
        }

        var entries = _advertised.Select(each => new RosterEntry(each.Key, each.Value)).ToList();
        var tree = new RosterTree(entries);
        var agreed = new AgreedRoster(Context, _contextHash, entries.Count, tree.Root, entries);
        var roster = new ServerRoster(agreed, new RosterGraph(agreed, _contextHash), _threads);
        return new ServerTransition(new ServerShareKeys(roster), RosterMessages.For(roster, _contextHash, tree));
    }
}
