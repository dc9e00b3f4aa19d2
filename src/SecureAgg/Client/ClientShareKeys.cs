using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>Waits for the roster; answers with the encrypted shares of both secrets. Afterwards no private key is left:
/// what later phases need has been derived from them.</summary>
internal sealed class ClientShareKeys(
    Participant participant,
    OneRoundKeys keys,
    IReadOnlyList<RingVector> input,
    RandomNumberGenerator random) : ClientState
{
    public override AggregationPhase Phase => AggregationPhase.ShareKeys;

    private protected override DateTimeOffset Expiry => participant.Context.Expiry;

    private protected override ClientTransition Answer(ServerMessage message)
    {
        var received = (Roster)message;
        if (RosterCheck.Run(participant, received) is { } refusal) return Refuse(refusal);
        var roster = new AgreedRoster(participant.Context, participant.ContextHash, received);
        var secrets = new PeerSecrets(roster, participant.Self, keys.Seed.Span);
        if (!secrets.TryAgree(keys, participant.Threads))
        {
            secrets.Dispose();
            return Refuse(ClientRefusal.ZeroSharedSecret);
        }

        var outgoing = new ShareKeysMessage(Share(roster, secrets));
        keys.Dispose();
        return new ClientTransition(new ClientCollectMaskedInput(participant, roster, secrets, input), outgoing, null);
    }

    private protected override void Erase() => keys.Dispose();

    // A holder's Shamir coordinate is its place among the holders, from 1. On the complete graph the client is one of
    // them, for its seed alone; on a sparse graph all shares go to neighbours.
    private List<EncryptedShare> Share(AgreedRoster roster, PeerSecrets secrets)
    {
        var holders = roster.Entries.Select(entry => entry.ClientId)
            .Where(id => roster.IsComplete || id != participant.Self)
            .ToList();
        var count = holders.Count;
        var threshold = participant.Context.Parameters.ShareThreshold;
        using var seedShares = new SecretBuffer(count * ShamirSharing.ShareLength);
        using var keyShares = new SecretBuffer(count * ShamirSharing.ShareLength);
        ShamirSharing.Split(keys.Seed.Span, threshold, count, seedShares.Span, random);
        ShamirSharing.Split(keys.MaskKey.Span, threshold, count, keyShares.Span, random);
        using var pair = new SecretBuffer(2 * ShamirSharing.ShareLength);
        var encrypted = new List<EncryptedShare>(count);
        for (var i = 0; i < count; i++)
        {
            var peer = holders[i];
            var at = i * ShamirSharing.ShareLength;
            seedShares.Span.Slice(at, ShamirSharing.ShareLength).CopyTo(pair.Span);
            keyShares.Span.Slice(at, ShamirSharing.ShareLength).CopyTo(pair.Span[ShamirSharing.ShareLength..]);
            if (peer == participant.Self) secrets.HoldOwnSeedShare(pair.Span[..ShamirSharing.ShareLength]);
            else encrypted.Add(new EncryptedShare(peer, secrets.Seal(peer, pair.Span)));
        }

        return encrypted;
    }
}
