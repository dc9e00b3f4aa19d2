namespace FedMeta.SecureAgg;

/// <summary>Phase 4 of the server: collects opened shares, rebuilds what they open, proves it right and takes the masks
/// off the sum.</summary>
internal sealed class ServerUnmask(MaskedSum sum, AggregationReceipt receipt)
    : ServerState(sum.Roster.Context, sum.Survivors)
{
    private readonly SortedDictionary<string, UnmaskShares> _opened = new(StringComparer.Ordinal);
    private readonly HashSet<string> _survivors = sum.Survivors.ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> _dropped = sum.Dropped.ToHashSet(StringComparer.Ordinal);

    public override AggregationPhase Phase => AggregationPhase.Unmask;

    private protected override ServerRefusal? Accept(string clientId, ClientMessage message)
    {
        var shares = (UnmaskShares)message;
        var holder = sum.Roster.Agreed.PlaceOf(clientId);
        var refusal = Check(holder, shares.SeedShares, _survivors, _dropped)
            ?? Check(holder, shares.MaskKeyShares, _dropped, _survivors);
        if (refusal is null) _opened.Add(clientId, shares);
        return refusal;
    }

    private protected override ServerTransition Advance()
    {
        var threshold = Context.Parameters.Threshold;
        if (_opened.Count < threshold) return AbortTooFew(AbortReason.TooFewOpened);
        using var secrets = new OpenedSecrets(sum, _opened);
        if (!secrets.TryRecover())
        {
            var reason = AbortReason.SecretNotRecovered;
            return End(new ServerAborted(Context, reason, secrets.NotRecovered, secrets.Conflicts));
        }

        secrets.RemoveMasks();
        foreach (var vector in sum.Vectors) vector.Reduce();
        return End(new ServerCompleted(Context, sum.Vectors, receipt, secrets.Conflicts));
    }

    private ServerRefusal? Check(
        int holder, IReadOnlyList<OpenedShare> shares, HashSet<string> owners, HashSet<string> ownersOfTheOtherKind)
    {
        if (!ClientIds.AscendStrictly(shares.Select(share => share.Owner))) return ServerRefusal.ListNotAscending;
        foreach (var (owner, value) in shares)
        {
            if (ownersOfTheOtherKind.Contains(owner)) return ServerRefusal.WrongShareKind;
            if (!owners.Contains(owner)) return ServerRefusal.UnknownOwner;
            if (sum.Roster.Graph.CoordinateOf(sum.Roster.Agreed.PlaceOf(owner), holder) == 0)
            {
                return ServerRefusal.UnknownOwner;
            }

            if (value.Length != ShamirSharing.ShareLength) return ServerRefusal.WrongLength;
            if (!ShamirSharing.IsWellFormed(value.Span)) return ServerRefusal.MalformedShare;
        }

        return null;
    }
}
