namespace FedMeta.SecureAgg;

/// <summary>The secrets that the opened shares give: seeds of survivors and mask keys of dropped clients, each proved
/// against what its owner advertised before it is used. A wrong one would silently spoil the sum.</summary>
internal sealed class OpenedSecrets(MaskedSum sum, IReadOnlyDictionary<string, UnmaskShares> opened) : IDisposable
{
    private readonly List<(string Owner, byte[] Secret)> _seeds = [];
    private readonly List<(string Owner, byte[] Secret)> _maskKeys = [];
    private readonly List<ShareConflict> _conflicts = [];
    private readonly List<string> _notRecovered = [];
    private readonly Dictionary<string, int> _atOdds = opened.Keys.ToDictionary(holder => holder, _ => 0);
    private readonly AgreedRoster _roster = sum.Roster;

    public IReadOnlyList<ShareConflict> Conflicts => _conflicts;

    /// <summary>Whose secret no set of shares gives.</summary>
    public IReadOnlyList<string> NotRecovered => _notRecovered;

    public bool TryRecover()
    {
        var contextHash = _roster.Context.ComputeHash();
        var seedShares = ByOwner(shares => shares.SeedShares);
        var keyShares = ByOwner(shares => shares.MaskKeyShares);
        foreach (var owner in sum.Survivors)
        {
            var commitment = _roster.KeysOf(owner).SeedCommitment;
            Recover(owner, seedShares, _seeds, seed =>
                commitment.Span.SequenceEqual(Statements.SeedCommitment(contextHash, owner, seed)));
        }

        foreach (var owner in sum.Dropped)
        {
            var publicKey = _roster.KeysOf(owner).MaskPublicKey;
            Recover(owner, keyShares, _maskKeys, key => publicKey.Span.SequenceEqual(X25519.PublicKey(key)));
        }

        return _notRecovered.Count == 0;
    }

    /// <summary>Takes off the survivors' own masks, and what is left of their masks with the dropped.</summary>
    public void RemoveMasks(IReadOnlyList<RingVector> vectors)
    {
        using (var selfMasks = new MaskSum())
        {
            foreach (var (_, seed) in _seeds) selfMasks.Add(seed, MaskSign.Subtract);
            selfMasks.ApplyTo(vectors);
        }

        using var agreed = new SecretBuffer(X25519.KeyLength);
        using var key = new SecretBuffer(MaskStream.KeyLength);
        foreach (var (dropped, maskKey) in _maskKeys)
        {
            using var pairMasks = new MaskSum();
            foreach (var survivor in sum.Survivors)
            {
                // The roster holds no key of low order: every advertisement was checked for it.
                X25519.TryAgree(maskKey, _roster.KeysOf(survivor).MaskPublicKey.Span, agreed.Span);
                PairKeys.DeriveMaskKey(agreed.Span, _roster.KeyContext, key.Span);
                var applied = AgreedRoster.SignFor(survivor, dropped);
                pairMasks.Add(key.Span, applied == MaskSign.Add ? MaskSign.Subtract : MaskSign.Add);
            }

            pairMasks.ApplyTo(vectors);
        }
    }

    public void Dispose()
    {
        foreach (var (_, secret) in _seeds.Concat(_maskKeys)) secret.AsSpan().Clear();
    }

    private Dictionary<(string Owner, string Holder), ReadOnlyMemory<byte>> ByOwner(
        Func<UnmaskShares, IReadOnlyList<OpenedShare>> kind) =>
        opened.SelectMany(each => kind(each.Value).Select(share => (Key: (share.Owner, each.Key), share.Value)))
            .ToDictionary(each => each.Key, each => each.Value);

    private void Recover(
        string owner,
        Dictionary<(string Owner, string Holder), ReadOnlyMemory<byte>> shares,
        List<(string Owner, byte[] Secret)> recovered,
        SecretProof proof)
    {
        var missing = opened.Keys.Where(holder => !shares.ContainsKey((owner, holder)));
        NoteConflicts(owner, [.. missing], ShareConflictKind.Missing);

        // Holders that were never at odds with anyone come first, so that one liar costs one search and not many.
        var placed = opened.Keys.Where(holder => shares.ContainsKey((owner, holder)))
            .OrderBy(holder => _atOdds[holder])
            .Select(holder => (holder, new PlacedShare(_roster.PlaceOf(holder), shares[(owner, holder)])))
            .ToList<(string Holder, PlacedShare Share)>();
        var (threshold, colluders) = (_roster.Context.Parameters.Threshold, _roster.Context.Parameters.Colluders);
        if (SecretRecovery.Run([.. placed.Select(each => each.Share)], threshold, proof) is not { } found)
        {
            _notRecovered.Add(owner);
            return;
        }

        recovered.Add((owner, found.Secret));
        var wrong = placed.Where(each => found.WrongPlaces.Contains(each.Share.Place)).Select(each => each.Holder);
        var kind = ShareConflicts.KindOf(found.WrongPlaces.Count, placed.Count, threshold, colluders);
        NoteConflicts(owner, [.. wrong], kind);
    }

    private void NoteConflicts(string owner, IReadOnlyList<string> holders, ShareConflictKind kind)
    {
        foreach (var holder in holders)
        {
            _conflicts.Add(new ShareConflict(owner, holder, kind));
            _atOdds[holder]++;
        }
    }
}
