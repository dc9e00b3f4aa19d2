namespace FedMeta.SecureAgg;

/// <summary>Phase 1 of the server: collects the encrypted shares and hands each on to the one who can read
/// it.</summary>
internal sealed class ServerShareKeys(AgreedRoster roster)
    : ServerState(roster.Context, roster.Entries.Select(entry => entry.ClientId))
{
    private readonly SortedDictionary<string, Dictionary<string, EncryptedShare>> _bySender =
        new(StringComparer.Ordinal);

    public override AggregationPhase Phase => AggregationPhase.ShareKeys;

    private protected override ServerRefusal? Accept(string clientId, ClientMessage message)
    {
        var shares = ((ShareKeysMessage)message).Shares;
        if (shares.Count != roster.Entries.Count - 1) return ServerRefusal.WrongRecipients;
        var expected = roster.Entries.Select(entry => entry.ClientId).Where(id => id != clientId);
        if (!expected.SequenceEqual(shares.Select(share => share.Peer), StringComparer.Ordinal))
        {
            return ServerRefusal.WrongRecipients;
        }

        if (shares.Any(share => share.Ciphertext.Length != EncryptedShare.Length)) return ServerRefusal.WrongLength;
        _bySender.Add(clientId, shares.ToDictionary(share => share.Peer, StringComparer.Ordinal));
        return null;
    }

    private protected override ServerTransition Advance()
    {
        if (Received.Count < Context.Parameters.Threshold) return AbortTooFew(AbortReason.TooFewShared);
        var outgoing = Received.ToDictionary(id => id, ServerMessage (recipient) => SharesFor(recipient));
        return new ServerTransition(new ServerCollectMaskedInput(roster, Received), outgoing);
    }

    private SharesForClient SharesFor(string recipient) =>
        new([
            .. Received.Where(sender => sender != recipient)
                .Select(sender => new EncryptedShare(sender, _bySender[sender][recipient].Ciphertext)),
        ]);
}
