namespace FedMeta.SecureAgg;

/// <summary>Waits for the shares of its peers, which tell it U2; answers with the input under all its masks. The masks
/// are used once: their keys are erased with the answer.</summary>
internal sealed class ClientCollectMaskedInput(
    Participant participant, AgreedRoster roster, PeerSecrets secrets, IReadOnlyList<RingVector> input) : ClientState
{
    public override AggregationPhase Phase => AggregationPhase.CollectMaskedInput;

    private protected override DateTimeOffset Expiry => participant.Context.Expiry;

    private protected override ClientTransition Answer(ServerMessage message)
    {
        var shares = ((SharesForClient)message).Shares;
        if (Check(shares) is { } refusal) return Refuse(refusal);
        var peers = shares.Select(share => share.Peer).ToList();
        var held = OpenShares(shares);
        var outgoing = new MaskedInputMessage(MaskInput(peers));
        secrets.Dispose();
        var sharers = peers.ToHashSet(StringComparer.Ordinal);
        return new ClientTransition(new ClientCheckConsistency(participant, roster, held, sharers), outgoing, null);
    }

    private protected override void Erase() => secrets.Dispose();

    private ClientRefusal? Check(IReadOnlyList<EncryptedShare> shares)
    {
        if (shares.Count > roster.Entries.Count) return ClientRefusal.SharesFromStranger;
        foreach (var (peer, ciphertext) in shares)
        {
            if (peer == participant.Self) return ClientRefusal.SharesFromSelf;
            if (!roster.Contains(peer)) return ClientRefusal.SharesFromStranger;
            if (ciphertext.Length != EncryptedShare.Length) return ClientRefusal.MalformedMessage;
        }

        if (!ClientIds.AscendStrictly(shares.Select(share => share.Peer))) return ClientRefusal.ListNotAscending;
        var holders = roster.IsComplete ? shares.Count + 1 : shares.Count;
        return holders < participant.Context.Parameters.ShareThreshold ? ClientRefusal.TooFewSharers : null;
    }

    // A share that does not decrypt means "no share held": one bad peer must not stop the others.
    private HeldShares OpenShares(IReadOnlyList<EncryptedShare> shares)
    {
        var held = new HeldShares(roster, participant.Self);
        if (roster.IsComplete) held.HoldOwnSeed(secrets.OwnSeedShare);
        using var pair = new SecretBuffer(2 * ShamirSharing.ShareLength);
        foreach (var (peer, ciphertext) in shares)
        {
            if (secrets.TryOpen(peer, ciphertext.Span, pair.Span)) held.Hold(peer, pair.Span);
        }

        return held;
    }

    private byte[] MaskInput(List<string> peers)
    {
        var masked = input.Select(vector => vector.Copy()).ToList();
        using var masks = secrets.MasksAgainst(peers);
        masks.ApplyTo(masked, participant.Threads);
        return RingPacking.Pack(masked);
    }
}
