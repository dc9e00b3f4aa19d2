namespace FedMeta.SecureAgg;

/// <summary>The shares that a client holds of the secrets of U2, until it opens one of each pair, or none.</summary>
internal sealed class HeldShares(AgreedRoster roster, string self) : IDisposable
{
    private const int PairLength = 2 * ShamirSharing.ShareLength;
    private readonly SecretBuffer _pairs = new(roster.Entries.Count * PairLength);
    private readonly HashSet<string> _owners = new(StringComparer.Ordinal);

    /// <summary>Keeps a copy of a peer's seed share and mask-key share, one behind the other.</summary>
    public void Hold(string owner, ReadOnlySpan<byte> pair)
    {
        if (!_owners.Add(owner)) throw new InvalidOperationException("a pair of shares is held once");
        pair.CopyTo(PairOf(owner));
    }

    /// <summary>Keeps the client's share of its own seed; of its own mask key it has none.</summary>
    public void HoldOwnSeed(ReadOnlySpan<byte> share) => Hold(self, share);

    /// <summary>Opens, for every owner whose shares are held, the seed share if it survived and the mask-key share if
    /// it dropped: by construction never both, and of the client's own mask key there is no share to open.</summary>
    public UnmaskShares Open(IReadOnlyList<string> survivors, IReadOnlyList<string> dropped) =>
        new(Opened(survivors, 0), Opened(dropped.Where(id => id != self), ShamirSharing.ShareLength));

    public void Dispose() => _pairs.Dispose();

    public override string ToString() => "(secret)";

    private List<OpenedShare> Opened(IEnumerable<string> owners, int at) =>
    [
        .. owners.Where(_owners.Contains).Select(owner =>
            new OpenedShare(owner, PairOf(owner).Slice(at, ShamirSharing.ShareLength).ToArray())),
    ];

    private Span<byte> PairOf(string owner) =>
        _pairs.Span.Slice(roster.IndexOf(owner) * PairLength, PairLength);
}
