namespace FedMeta.SecureAgg;

/// <summary>Phase 1 of the server: collects the encrypted shares and hands each on to the one who can read
/// it.</summary>
internal sealed class ServerShareKeys(ServerRoster roster)
    : ServerState(roster.Context, roster.Agreed.Entries.Select(entry => entry.ClientId))
{
    private readonly IReadOnlyList<EncryptedShare>?[] _bySender = new IReadOnlyList<EncryptedShare>?[roster.Count + 1];

    public override AggregationPhase Phase => AggregationPhase.ShareKeys;

    private protected override ServerRefusal? Accept(string clientId, ClientMessage message)
    {
        var shares = ((ShareKeysMessage)message).Shares;
        var sender = roster.Agreed.PlaceOf(clientId);
        var expected = roster.Graph.PeersOf(sender).Select(roster.IdAt);
        if (!expected.SequenceEqual(shares.Select(share => share.Peer), StringComparer.Ordinal))
        {
            return ServerRefusal.WrongRecipients;
        }

        if (shares.Any(share => share.Ciphertext.Length != EncryptedShare.Length)) return ServerRefusal.WrongLength;
        _bySender[sender] = shares;
        return null;
    }

    private protected override ServerTransition Advance()
    {
        if (Received.Count < Context.Parameters.Threshold) return AbortTooFew(AbortReason.TooFewShared);
        var forRecipient = new List<EncryptedShare>?[roster.Count + 1];
        foreach (var id in Received) forRecipient[roster.Agreed.PlaceOf(id)] = [];

        // Senders in ascending order, so every recipient's list ascends too.
        for (var sender = 1; sender <= roster.Count; sender++)
        {
            if (_bySender[sender] is not { } shares) continue;
            foreach (var (recipient, share) in roster.Graph.PeersOf(sender).Zip(shares))
            {
                forRecipient[recipient]?.Add(new EncryptedShare(roster.IdAt(sender), share.Ciphertext));
            }
        }

        var outgoing = Received.ToDictionary(
            id => id, ServerMessage (id) => new SharesForClient(forRecipient[roster.Agreed.PlaceOf(id)]!));
        return new ServerTransition(new ServerCollectMaskedInput(roster, Received), outgoing);
    }
}
