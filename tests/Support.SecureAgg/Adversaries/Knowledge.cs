namespace FedMeta.SecureAgg.Tests;

/// <summary>All that the adversary has gathered in a round, and what follows from it. It reads an input only by
/// computing every mask that lies on it.</summary>
internal sealed class Knowledge(ServerRoster server, Weakness weakness = Weakness.None)
{
    private readonly AgreedRoster _roster = server.Agreed;
    private readonly Dictionary<string, uint[]> _uploads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _maskedWith = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Owner, string Holder), ReadOnlyMemory<byte>> _seedShares = [];
    private readonly Dictionary<(string Owner, string Holder), ReadOnlyMemory<byte>> _keyShares = [];
    private readonly Dictionary<string, byte[]> _seeds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _maskKeys = new(StringComparer.Ordinal);

    public void Upload(string client, ClientMessage masked) =>
        _uploads[client] = PlainVector.Unpack(_roster.Context, ((MaskedInputMessage)masked).Packed.Span);

    public uint[] Uploaded(string client) => _uploads[client];

    /// <summary>What a client opened.</summary>
    public void Opened(string holder, UnmaskShares shares)
    {
        foreach (var (owner, value) in shares.SeedShares) _seedShares[(owner, holder)] = value;
        foreach (var (owner, value) in shares.MaskKeyShares) _keyShares[(owner, holder)] = value;
    }

    /// <summary>Both shares of a pair, from a holder that hides nothing.</summary>
    public void Pair(string owner, string holder, ReadOnlyMemory<byte> pair)
    {
        _seedShares[(owner, holder)] = pair[..ShamirSharing.ShareLength];
        _keyShares[(owner, holder)] = pair[ShamirSharing.ShareLength..];
    }

    /// <summary>A client's own secrets.</summary>
    public void Secrets(string owner, byte[]? seed, byte[]? maskKey)
    {
        if (seed is not null) _seeds[owner] = seed;
        if (maskKey is not null) _maskKeys[owner] = maskKey;
    }

    public int SeedSharesOf(string owner) => _seedShares.Keys.Count(key => key.Owner == owner);

    public int MaskKeySharesOf(string owner) => _keyShares.Keys.Count(key => key.Owner == owner);

    /// <summary>The self-mask seed, or null where too few shares of it are known.</summary>
    public byte[]? SeedOf(string owner)
    {
        var commitment = _roster.KeysOf(owner).SeedCommitment;
        var context = _roster.Context.ComputeHash();
        return Rebuild(owner, _seeds, _seedShares, seed =>
            commitment.Span.SequenceEqual(Statements.SeedCommitment(context, owner, seed)));
    }

    /// <summary>The secret mask key, or null where too few shares of it are known.</summary>
    public byte[]? MaskKeyOf(string owner)
    {
        var publicKey = _roster.KeysOf(owner).MaskPublicKey;
        return Rebuild(owner, _maskKeys, _keyShares, key =>
            publicKey.Span.SequenceEqual(X25519.PublicKey(key)));
    }

    /// <summary>The sum of the inputs of exactly these clients, or null where a mask on it cannot be
    /// computed.</summary>
    public uint[]? Read(params IReadOnlyCollection<string> targets) => Read(targets, apartFrom: []);

    /// <summary>The same, still under the masks that the targets have with some peers.</summary>
    public uint[]? Read(IReadOnlyCollection<string> targets, IReadOnlyCollection<string> apartFrom)
    {
        if (!Has(Weakness.NoSelfMask) && targets.Any(target => SeedOf(target) is null)) return null;
        var masks = new List<(byte[] Key, MaskSign Sign)>();
        foreach (var target in targets)
        {
            if (!Has(Weakness.NoSelfMask)) masks.Add((SeedOf(target)!, MaskSign.Subtract));
            foreach (var peer in MaskedWith(target).Except(apartFrom))
            {
                if (targets.Contains(peer) && MaskedWith(peer).Contains(target)) continue;
                if (PairMask(target, peer) is not { } key) return null;
                masks.Add((key, Opposite(AgreedRoster.SignFor(target, peer))));
            }
        }

        if (Has(Weakness.WeakGenerator)) masks = [.. masks.Select(mask => (FoldedKey.Fold(mask.Key), mask.Sign))];
        var sum = PlainVector.Sum(_roster.Context, targets.Select(Uploaded));
        PlainVector.Apply(_roster.Context, sum, masks);
        return sum;
    }

    /// <summary>The key of the mask between two clients, or null where neither secret is known.</summary>
    public byte[]? PairMask(string client, string peer)
    {
        if (MaskKeyOf(peer) is { } theirs) return OpenKeys.PairMask(_roster, theirs, client);
        return MaskKeyOf(client) is { } own ? OpenKeys.PairMask(_roster, own, peer) : null;
    }

    /// <summary>With whom a client masked: those whose shares it was given.</summary>
    public IReadOnlyCollection<string> MaskedWith(string client) => _maskedWith[client];

    /// <summary>Notes whose shares a client was given.</summary>
    public void Given(string client, SharesForClient shares) =>
        _maskedWith[client] = shares.Shares.Select(share => share.Peer).ToHashSet(StringComparer.Ordinal);

    /// <summary>With whom a client masks, where everyone has shared.</summary>
    public IEnumerable<string> PeersOf(string client) =>
        server.Graph.PeersOf(_roster.PlaceOf(client)).Select(server.IdAt);

    private static MaskSign Opposite(MaskSign sign) => sign == MaskSign.Add ? MaskSign.Subtract : MaskSign.Add;

    private bool Has(Weakness one) => (weakness & one) != 0;

    private int Coordinate(string owner, string holder) =>
        server.Graph.CoordinateOf(_roster.PlaceOf(owner), _roster.PlaceOf(holder));

    private byte[]? Rebuild(
        string owner,
        Dictionary<string, byte[]> known,
        Dictionary<(string Owner, string Holder), ReadOnlyMemory<byte>> shares,
        SecretProof proof)
    {
        if (known.TryGetValue(owner, out var secret)) return secret;
        var threshold = _roster.Context.Parameters.ShareThreshold;
        var placed = shares.Where(each => each.Key.Owner == owner)
            .Select(each => new PlacedShare(Coordinate(owner, each.Key.Holder), each.Value))
            .OrderBy(share => share.Place)
            .ToList();
        var found = Has(Weakness.UnverifiedSecrets)
            ? SecretRecovery.Run([.. placed.Take(threshold)], threshold, _ => true)
            : SecretRecovery.Run(placed, threshold, proof);
        if (found is not null) known[owner] = found.Secret;
        return found?.Secret;
    }
}
