namespace FedMeta.SecureAgg;

/// <summary>The secrets that the opened shares give: seeds of survivors and mask keys of dropped clients, each proved
/// against what its owner advertised before it is used. A wrong one would silently spoil the sum.</summary>
internal sealed class OpenedSecrets : IDisposable
{
    private readonly MaskedSum _sum;
    private readonly ServerRoster _roster;
    private readonly OpenedShares _shares;
    private readonly int[] _owners;
    private readonly byte[]?[] _secrets;
    private readonly int[] _atOdds;
    private readonly List<ShareConflict> _conflicts = [];
    private readonly List<string> _notRecovered = [];

    public OpenedSecrets(MaskedSum sum, IReadOnlyDictionary<string, UnmaskShares> opened)
    {
        (_sum, _roster, _shares) = (sum, sum.Roster, new OpenedShares(sum.Roster, opened));
        _owners = [.. sum.Survivors.Concat(sum.Dropped).Select(_roster.Agreed.PlaceOf)];
        _secrets = new byte[]?[_owners.Length];
        _atOdds = new int[_roster.Count + 1];
    }

    public IReadOnlyList<ShareConflict> Conflicts => _conflicts;

    /// <summary>Whose secret no set of shares gives.</summary>
    public IReadOnlyList<string> NotRecovered => _notRecovered;

    // Where all shares agree, as they nearly always do, one secret has nothing to do with another. The rest come one
    // after another, because what was found of one owner's holders shortens the search for the next.
    public bool TryRecover()
    {
        var contextHash = _roster.Context.ComputeHash();
        var threshold = _roster.Context.Parameters.ShareThreshold;
        For(_owners.Length, i =>
        {
            var shares = _shares.Of(_owners[i]).Select(each => each.Share).ToList();
            _secrets[i] = SecretRecovery.RunUnanimous(shares, threshold, ProofOf(i, contextHash));
        });
        for (var i = 0; i < _owners.Length; i++) Settle(i, contextHash);
        return _notRecovered.Count == 0;
    }

    /// <summary>Takes off the survivors' own masks, and what is left of their masks with the dropped.</summary>
    public void RemoveMasks()
    {
        using var masks = new MaskSum();
        for (var i = 0; i < _sum.Survivors.Count; i++) masks.Add(_secrets[i], MaskSign.Subtract);
        var isSurvivor = new bool[_roster.Count + 1];
        foreach (var id in _sum.Survivors) isSurvivor[_roster.Agreed.PlaceOf(id)] = true;
        var left = new (int Dropped, int[] Peers, SecretBuffer Keys)[_sum.Dropped.Count];
        For(left.Length, i =>
        {
            var dropped = _owners[_sum.Survivors.Count + i];
            int[] peers = [.. _roster.Graph.PeersOf(dropped).Where(peer => isSurvivor[peer])];
            left[i] = (dropped, peers, PairKeysOf(_secrets[_sum.Survivors.Count + i], peers));
        });
        foreach (var (dropped, peers, keys) in left)
        {
            for (var i = 0; i < peers.Length; i++)
            {
                var applied = AgreedRoster.SignFor(_roster.IdAt(peers[i]), _roster.IdAt(dropped));
                var key = keys.Span.Slice(i * MaskKernel.KeyLength, MaskKernel.KeyLength);
                masks.Add(key, applied == MaskSign.Add ? MaskSign.Subtract : MaskSign.Add);
            }

            keys.Dispose();
        }

        masks.ApplyTo(_sum.Vectors, _roster.Threads);
    }

    public void Dispose()
    {
        foreach (var secret in _secrets) secret?.AsSpan().Clear();
    }

    private SecretProof ProofOf(int index, byte[] contextHash)
    {
        var owner = _roster.Agreed.Entries[_owners[index] - 1];
        if (index >= _sum.Survivors.Count)
        {
            return key => owner.Keys.MaskPublicKey.Span.SequenceEqual(X25519.PublicKey(key));
        }

        return seed => owner.Keys.SeedCommitment.Span.SequenceEqual(
            Statements.SeedCommitment(contextHash, owner.ClientId, seed));
    }

    private void Settle(int index, byte[] contextHash)
    {
        var owner = _owners[index];
        NoteConflicts(owner, _shares.MissingOf(owner), ShareConflictKind.Missing);
        if (_secrets[index] is not null) return;

        // Holders that were never at odds with anyone come first, so that one liar costs one search and not many.
        var placed = _shares.Of(owner).OrderBy(each => _atOdds[each.Holder]).ToList();
        var (parameters, threshold) = (_roster.Context.Parameters, _roster.Context.Parameters.ShareThreshold);
        var shares = placed.Select(each => each.Share).ToList();
        if (SecretRecovery.Run(shares, threshold, ProofOf(index, contextHash)) is not { } found)
        {
            _notRecovered.Add(_roster.IdAt(owner));
            return;
        }

        _secrets[index] = found.Secret;
        var wrong = placed.Where(each => found.WrongPlaces.Contains(each.Share.Place)).Select(each => each.Holder);
        var bad = parameters.CollusionAmongHolders;
        var kind = ShareConflicts.KindOf(found.WrongPlaces.Count, placed.Count, threshold, bad);
        NoteConflicts(owner, [.. wrong], kind);
    }

    private SecretBuffer PairKeysOf(ReadOnlySpan<byte> maskKey, int[] peers)
    {
        var keys = new SecretBuffer(peers.Length * MaskKernel.KeyLength);
        using var agreed = new SecretBuffer(X25519.KeyLength);
        for (var i = 0; i < peers.Length; i++)
        {
            // The roster holds no key of low order: every advertisement was checked for it.
            var publicKey = _roster.Agreed.Entries[peers[i] - 1].Keys.MaskPublicKey;
            X25519.TryAgree(maskKey, publicKey.Span, agreed.Span);
            var key = keys.Span.Slice(i * MaskKernel.KeyLength, MaskKernel.KeyLength);
            PairKeys.DeriveMaskKey(agreed.Span, _roster.Agreed.KeyContext, key);
        }

        return keys;
    }

    private void NoteConflicts(int owner, IReadOnlyList<int> holders, ShareConflictKind kind)
    {
        foreach (var holder in holders)
        {
            _conflicts.Add(new ShareConflict(_roster.IdAt(owner), _roster.IdAt(holder), kind));
            _atOdds[holder]++;
        }
    }

    private void For(int count, Action<int> body) =>
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = _roster.Threads }, body);
}
