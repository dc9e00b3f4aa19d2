namespace FedMeta.SecureAgg;

/// <summary>The opened shares by owner, and who of an owner's holders answered without one.</summary>
internal sealed class OpenedShares
{
    private readonly ServerRoster _roster;
    private readonly List<(int Holder, ReadOnlyMemory<byte> Value)>[] _byOwner;
    private readonly bool[] _answered;

    public OpenedShares(ServerRoster roster, IReadOnlyDictionary<string, UnmaskShares> opened)
    {
        _roster = roster;
        _answered = new bool[roster.Count + 1];
        _byOwner = new List<(int, ReadOnlyMemory<byte>)>[roster.Count + 1];
        for (var place = 1; place <= roster.Count; place++) _byOwner[place] = [];
        foreach (var (id, shares) in opened)
        {
            var holder = roster.Agreed.PlaceOf(id);
            _answered[holder] = true;

            // An owner is a survivor or dropped, so its shares are all of one kind.
            foreach (var (owner, value) in shares.SeedShares.Concat(shares.MaskKeyShares))
            {
                _byOwner[roster.Agreed.PlaceOf(owner)].Add((holder, value));
            }
        }
    }

    /// <summary>The shares of an owner's secret with their holders.</summary>
    public IReadOnlyList<(int Holder, PlacedShare Share)> Of(int owner) =>
    [
        .. _byOwner[owner].Select(each =>
            (each.Holder, new PlacedShare(_roster.Graph.CoordinateOf(owner, each.Holder), each.Value))),
    ];

    /// <summary>Holders that answered and said they hold no share of the owner's.</summary>
    public IReadOnlyList<int> MissingOf(int owner)
    {
        if (_byOwner[owner].Count == _roster.Graph.HoldersOf(owner).Length) return [];
        var present = _byOwner[owner].Select(each => each.Holder).ToHashSet();
        return [.. _roster.Graph.HoldersOf(owner).Where(holder => _answered[holder] && !present.Contains(holder))];
    }
}
