namespace FedMeta.SecureAgg.Tests;

public class ServerAttackTests
{
    public static TheoryData<string> Differences => [.. RoundContextTests.Different(Consortium.Round(6, 4)).Keys];

    [Theory]
    [MemberData(nameof(Differences))]
    [Covers(DesignRefusal.PlanDiffers)]
    public void Clients_that_were_shown_different_rounds_share_nothing_with_each_other(string field)
    {
        // site-005 knows another model (plan, noise, ...). The server tells everyone what it wants to hear.
        var context = Consortium.Round(6, 4);
        var different = RoundContextTests.Different(context)[field];
        Assert.Empty(different.Validate());

        var entries = Enumerable.Range(0, 6).Select(i => Started(i == 5 ? different : context, i)).ToList();
        var roster = entries.Select(each => new RosterEntry(each.Id, each.Keys)).ToList();
        foreach (var (id, client, _) in entries)
        {
            var told = id == "site-005" ? different : context;
            var answer = client.Receive(Roster.Complete(told.ComputeHash(), roster), Consortium.Now);
            Assert.Null(answer.Outgoing);
            Assert.NotNull(answer.Refusal);
            if (id == "site-005") continue;
            Assert.Equal(ClientRefusal.BadAdvertisementSignature, answer.Refusal);
        }
    }

    [Fact]
    public void Clients_that_were_shown_different_rosters_cannot_read_each_other_s_shares()
    {
        // Both rosters are genuine; the server shows a smaller one to half of the clients.
        var round = new Simulated(Consortium.Round(6, 4)).Until(AggregationPhase.AdvertiseKeys);
        round.Advertise();
        round.Deliver();
        round.Close();
        var full = (Roster)round.Announced["site-000"];
        var smaller = Roster.Complete(full.ContextHash, [.. full.Entries.Take(5)]);
        var sent = new Dictionary<string, ShareKeysMessage>();
        foreach (var id in round.Clients.Keys.Order(StringComparer.Ordinal).Take(5))
        {
            var transition = round.Clients[id].Receive(Small(id) ? smaller : full, Consortium.Now);
            sent[id] = (ShareKeysMessage)transition.Outgoing!;
            round.Clients[id] = transition.State;
        }

        foreach (var id in sent.Keys)
        {
            var shares = sent.Where(each => each.Key != id)
                .Select(each => new EncryptedShare(each.Key, each.Value.Shares.Single(s => s.Peer == id).Ciphertext));
            var transition = round.Clients[id].Receive(new SharesForClient([.. shares]), Consortium.Now);
            var held = Secrets.Reachable<HeldShares>(transition.State).Single();
            var opened = held.Open([.. sent.Keys], []).SeedShares.Select(share => share.Owner);
            Assert.Equal(sent.Keys.Where(peer => Small(peer) == Small(id)), opened);
        }

        static bool Small(string id) => string.CompareOrdinal(id, "site-002") < 0;
    }

    [Fact]
    public void A_server_that_puts_its_own_keys_in_a_client_s_place_is_refused()
    {
        var attempt = new ClientCase(AggregationPhase.ShareKeys);
        var serverKeys = X25519.PublicKey(new SeededRandom(99).Bytes(32));
        attempt.AssertRefused(
            ClientRefusal.BadAdvertisementSignature,
            attempt.With(4, entry => entry with { Keys = entry.Keys with { SharePublicKey = serverKeys } }));

        // Even with the signature of another member.
        var other = new ClientCase(AggregationPhase.ShareKeys);
        other.AssertRefused(
            ClientRefusal.BadAdvertisementSignature,
            other.With(4, entry => entry with
            {
                Keys = other.SignedByItsMember("site-003", entry.Keys with { SharePublicKey = serverKeys }).Keys,
            }));
    }

    [Fact]
    [Covers(DesignRefusal.SignatureOverAnotherRound)]
    public void Keys_of_an_earlier_attempt_are_refused_by_server_and_clients()
    {
        var first = Consortium.Round(6, 4);
        var second = first with { Id = first.Id with { Attempt = 1 } };
        var (_, _, replayed) = Started(first, 4);

        Assert.Equal(ServerRefusal.BadSignature, ServerAdvertiseKeys.Start(second).Receive("site-004", replayed));
        var entries = Enumerable.Range(0, 6).Select(i => Started(i == 4 ? first : second, i)).ToList();
        var roster = Roster.Complete(
            second.ComputeHash(), [.. entries.Select(each => new RosterEntry(each.Id, each.Keys))]);
        Assert.Equal(
            ClientRefusal.BadAdvertisementSignature, entries[0].Client.Receive(roster, Consortium.Now).Refusal);
    }

    [Fact]
    public void Two_clients_cannot_swap_their_advertisements()
    {
        var attempt = new ClientCase(AggregationPhase.ShareKeys);
        var (third, fourth) = (attempt.Roster.Entries[3].Keys, attempt.Roster.Entries[4].Keys);
        var swapped = attempt.With(3, e => e with { Keys = fourth }).Entries
            .Select((entry, i) => i == 4 ? entry with { Keys = third } : entry);
        attempt.AssertRefused(
            ClientRefusal.BadAdvertisementSignature, attempt.Roster with { Entries = [.. swapped] });
    }

    [Fact]
    public void A_share_that_is_handed_to_the_wrong_client_or_sent_back_does_not_open()
    {
        var round = new Simulated(Consortium.Round(6, 4)).Until(AggregationPhase.CollectMaskedInput - 1);
        round.Deliver();
        var elsewhere = ((ShareKeysMessage)round.Sent["site-001"]).Shares.Single(share => share.Peer == "site-000");
        var reflected = ((ShareKeysMessage)round.Sent["site-000"]).Shares.Single(share => share.Peer == "site-003");
        round.Close();
        round.FromServer = (id, message) => id != "site-000" ? message : new SharesForClient(
        [
            .. ((SharesForClient)message).Shares.Select(share => share.Peer switch
            {
                "site-002" => share with { Ciphertext = elsewhere.Ciphertext },
                "site-003" => share with { Ciphertext = reflected.Ciphertext },
                _ => share,
            }),
        ]);
        round.Answer();

        var held = Secrets.Reachable<HeldShares>(round.Clients["site-000"]).Single();
        var opened = held.Open([.. round.Inputs.Keys], []).SeedShares.Select(share => share.Owner);
        Assert.Equal(["site-000", "site-001", "site-004", "site-005"], opened);
    }

    private static (string Id, ClientState Client, AdvertiseKeysMessage Keys) Started(RoundContext context, int index)
    {
        var id = Consortium.Id(index);
        var transition = ClientAdvertiseKeys.Start(
            context,
            id,
            Consortium.Identity(index),
            Consortium.Zeros(context.Parameters),
            new SeededRandom(1000 + index),
            null,
            Consortium.Now);
        return (id, transition.State, (AdvertiseKeysMessage)transition.Outgoing!);
    }
}
