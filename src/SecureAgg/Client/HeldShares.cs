namespace FedMeta.SecureAgg;

/// <summary>The shares that a client holds of the secrets of U2, until it opens one of each pair, or none.</summary>
internal sealed class HeldShares(string self) : IDisposable
{
    private readonly SortedDictionary<string, SecretBuffer> _pairs = new(StringComparer.Ordinal);

    /// <summary>Keeps a copy of a peer's seed share and mask-key share, one behind the other.</summary>
    public void Hold(string owner, ReadOnlySpan<byte> pair) => _pairs.Add(owner, SecretBuffer.CopyOf(pair));

    /// <summary>Keeps the client's share of its own seed; of its own mask key it has none.</summary>
    public void HoldOwnSeed(ReadOnlySpan<byte> share) => _pairs.Add(self, SecretBuffer.CopyOf(share));

    /// <summary>Opens, for every owner whose shares are held, the seed share if it survived and the mask-key share if
    /// it dropped: by construction never both, and of the client's own mask key there is no share to open.</summary>
    public UnmaskShares Open(IReadOnlyList<string> survivors, IReadOnlyList<string> dropped) =>
        new(Opened(survivors, 0), Opened(dropped.Where(id => id != self), ShamirSharing.ShareLength));

    public void Dispose()
    {
        foreach (var pair in _pairs.Values) pair.Dispose();
    }

    public override string ToString() => "(secret)";

    private List<OpenedShare> Opened(IEnumerable<string> owners, int at)
    {
        var opened = new List<OpenedShare>();
        foreach (var owner in owners)
        {
            if (!_pairs.TryGetValue(owner, out var pair)) continue;
            opened.Add(new OpenedShare(owner, pair.Span.Slice(at, ShamirSharing.ShareLength).ToArray()));
        }

        return opened;
    }
}
