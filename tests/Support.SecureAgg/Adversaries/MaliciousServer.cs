namespace FedMeta.SecureAgg.Tests;

/// <summary>A server that may tell every client something else, and keeps all that it gets in return. What it says by
/// default is what the product's server would say.</summary>
internal sealed class MaliciousServer(Cohort cohort)
{
    private readonly SortedDictionary<string, AdvertiseKeysMessage> _advertised = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ShareKeysMessage> _shared = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (SurvivorList List, SurvivorSignature Signature)> _signed =
        new(StringComparer.Ordinal);

    /// <summary>What lying clients send instead of what they should.</summary>
    public Func<string, ClientMessage, ClientMessage> Lies { get; set; } = (_, message) => message;

    /// <summary>What each client refused first.</summary>
    public Dictionary<string, ClientRefusal> Refusals { get; } = new(StringComparer.Ordinal);

    /// <summary>Which survivors a client was told last.</summary>
    public Dictionary<string, SurvivorList> Told { get; } = new(StringComparer.Ordinal);

    /// <summary>What the clients answered last, by client.</summary>
    public Dictionary<string, ClientMessage> Answers { get; } = new(StringComparer.Ordinal);

    public Knowledge Known => field ??= new Knowledge(Agreed, cohort.Weakened);

    /// <summary>The roster of all who advertised.</summary>
    public ServerRoster Agreed => field ??= Rosters.Agreed(cohort.Context, Entries);

    /// <summary>Everyone's advertisement.</summary>
    public IReadOnlyList<RosterEntry> Entries =>
        [.. _advertised.Select(each => new RosterEntry(each.Key, each.Value))];

    /// <summary>The whole roster, as a client of the complete graph is shown it.</summary>
    public Roster Roster => Roster.Complete(cohort.Context.ComputeHash(), Entries);

    /// <summary>Everyone who shared.</summary>
    public IReadOnlyList<string> Sharers => [.. _shared.Keys];

    /// <summary>Starts every client.</summary>
    public MaliciousServer Advertise()
    {
        foreach (var client in cohort.Clients.Values) Learn(client, client.Start());
        return this;
    }

    /// <summary>Plays by the rules until the masked inputs are in.</summary>
    public MaliciousServer Collect() => Advertise().CollectAdvertised(SharesFor);

    /// <summary>The same for clients that have advertised.</summary>
    public MaliciousServer CollectAdvertised() => CollectAdvertised(SharesFor);

    /// <summary>The same, with shares of the server's choice for each client.</summary>
    public MaliciousServer CollectAdvertised(Func<string, SharesForClient> shares)
    {
        var rosters = RosterMessages.For(Agreed, cohort.Context.ComputeHash(), new RosterTree(Entries));
        Tell(id => rosters[id]);
        Tell(shares);
        cohort.Colluders.Tell(Known);
        return this;
    }

    /// <summary>Tells each client what it is given for it; null for nothing.</summary>
    public MaliciousServer Tell(Func<string, ServerMessage?> message)
    {
        Answers.Clear();
        var told = cohort.Clients.Values.Select(client => (Client: client, Message: message(client.Id))).ToList();
        foreach (var (client, what) in told)
        {
            if (what is null) continue;
            if (what is SurvivorList shown) Told[client.Id] = shown;
            if (what is SharesForClient given) Known.Given(client.Id, given);
            var answer = client.Receive(what);
            if (what is SurvivorList list && answer is ConsistencySignature signed)
            {
                _signed[client.Id] = (list, new SurvivorSignature(client.Id, signed.Signature));
            }

            Learn(client, answer);
        }

        return this;
    }

    /// <summary>The shares that were meant for a client.</summary>
    public SharesForClient SharesFor(string recipient) => new(
    [
        .. from sender in _shared
           from share in sender.Value.Shares
           where share.Peer == recipient
           select new EncryptedShare(sender.Key, share.Ciphertext),
    ]);

    /// <summary>The list in which some of the sharers did not deliver.</summary>
    public SurvivorList Without(params IEnumerable<string> dropped) =>
        new([.. Sharers.Except(dropped)], [.. Sharers.Intersect(dropped)]);

    /// <summary>All the signatures that the server has over these survivors, those of its colluders among
    /// them.</summary>
    public SignedSurvivorList Proof(SurvivorList list) => Proof(list, _ => true);

    /// <summary>The same, of the neighbours of a client of a sparse graph.</summary>
    public SignedSurvivorList ProofFor(string neighbour, SurvivorList list)
    {
        var near = Known.PeersOf(neighbour).ToHashSet(StringComparer.Ordinal);
        return Proof(list, near.Contains);
    }

    private SignedSurvivorList Proof(SurvivorList list, Predicate<string> signs) => new(
        list.Survivors,
        [
            .. _signed.Values.Where(each => each.List.Survivors.SequenceEqual(list.Survivors))
                .Select(each => each.Signature)
                .Where(each => !cohort.Colluders.Ids.Contains(each.ClientId))
                .Concat(cohort.Colluders.Sign(list.Survivors))
                .Where(each => signs(each.ClientId))
                .OrderBy(each => each.ClientId, StringComparer.Ordinal),
        ]);

    private void Learn(ClientActor client, ClientMessage? answer)
    {
        if (client.Refusal is { } refusal) Refusals.TryAdd(client.Id, refusal);
        if (answer is null) return;
        var sent = Answers[client.Id] = Lies(client.Id, answer);
        switch (sent)
        {
            case AdvertiseKeysMessage keys: _advertised[client.Id] = keys; break;
            case ShareKeysMessage shares: _shared[client.Id] = shares; break;
            case MaskedInputMessage input: Known.Upload(client.Id, input); break;
            case UnmaskShares opened: Known.Opened(client.Id, opened); break;
        }
    }
}
