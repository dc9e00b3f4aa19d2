namespace FedMeta.SecureAgg.Tests;

/// <summary>Whole rounds on sparse graphs.</summary>
public class SparseRoundTests
{
    private static readonly VectorShape[] Shapes = [new("update", 11, 20), new("metrics", 3, 40)];

    [Theory]
    [InlineData(48, 1, 4)]
    [InlineData(120, 3, 10)]
    public void The_sum_is_exact_when_everyone_stays(int members, int colluders, int dropouts)
    {
        var round = Fresh(members, colluders, dropouts).ToTheEnd();

        round.AssertExact(round.Inputs.Keys);
        Assert.Empty(round.Completed.Conflicts);
        Assert.Empty(round.ClientRefusals);
        Assert.Empty(round.ServerRefusals);
        Assert.True(round.Completed.Receipt.Verify(round.Context));
        foreach (var client in round.Clients.Values)
        {
            var receipt = Assert.IsType<ClientCompleted>(client).Receipt;
            Assert.Equal(round.Completed.Included, receipt.Included);
            Assert.InRange(receipt.Signatures.Count, round.Context.Parameters.ShareThreshold, members);
            Assert.True(receipt.Verify(round.Context));
        }
    }

    [Fact]
    public void Random_losses_at_every_phase_leave_the_sum_exact()
    {
        var random = new SeededRandom(41);
        foreach (var (members, colluders, dropouts) in new[] { (44, 1, 4), (60, 2, 5), (300, 5, 20) })
        {
            var round = Fresh(members, colluders, dropouts);
            var phases = new Dictionary<string, int>();
            for (var lost = 0; lost < dropouts; lost++)
            {
                phases[Consortium.Id(random.Below(members))] = random.Below(5);
            }

            round.FromClient = (id, message) => phases.GetValueOrDefault(id, 5) <= (int)message.Phase ? null : message;
            round.ToTheEnd();

            round.AssertExact(round.Inputs.Keys.Where(id => phases.GetValueOrDefault(id, 5) > 2));
            Assert.Empty(round.ClientRefusals);
            Assert.Empty(round.Completed.Conflicts);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void One_too_many_ends_the_round_in_the_phase_where_it_vanished(int phase)
    {
        var round = Fresh(44, 1, 4);
        round.FromClient = (id, message) =>
            string.CompareOrdinal(id, "site-005") < 0 && (int)message.Phase >= phase ? null : message;
        round.ToTheEnd();

        Assert.Equal((AbortReason)phase, round.Aborted.Reason);
        Assert.Equal(Enumerable.Range(0, 5).Select(Consortium.Id), round.Aborted.Clients);
    }

    [Fact]
    public void Where_too_few_holders_of_one_secret_are_left_the_round_ends_and_names_its_owner()
    {
        // Everyone opens its shares but for those of one client's seed.
        var round = Fresh(44, 1, 4);
        round.FromClient = (id, message) => message is UnmaskShares opened
            ? opened with { SeedShares = [.. opened.SeedShares.Where(share => share.Owner != "site-007")] }
            : message;
        round.ToTheEnd();

        Assert.Equal(AbortReason.SecretNotRecovered, round.Aborted.Reason);
        Assert.Equal(["site-007"], round.Aborted.Clients);
        Assert.All(round.Aborted.Conflicts, each => Assert.Equal("site-007", each.Dealer));
        Assert.Equal(round.Context.Parameters.Graph!.Neighbours, round.Aborted.Conflicts.Count);
    }

    [Fact]
    public void A_neighbour_that_opens_wrong_shares_is_named_and_the_sum_is_exact()
    {
        var round = Fresh(44, 1, 4);
        round.FromClient = (id, message) => id == "site-002" && message is UnmaskShares opened
            ? opened with { SeedShares = [.. opened.SeedShares.Select(Spoil)] }
            : message;
        round.ToTheEnd();

        round.AssertExact(round.Inputs.Keys);
        Assert.Equal(["site-002"], round.Completed.Culprits);
        Assert.All(round.Completed.Conflicts, each => Assert.Equal("site-002", each.Holder));
        Assert.Equal(round.Context.Parameters.Graph!.Neighbours, round.Completed.Conflicts.Count);
    }

    [Fact]
    public void A_neighbour_that_opens_wrong_shares_of_survivors_and_dropped_is_named_beside_a_bad_dealer()
    {
        const string dealer = "site-002", holder = "site-005", lost = "site-009";
        var round = Fresh(60, 2, 5).Advertise();
        var wrong = round.Context.Parameters.CollusionAmongHolders + 1;
        var bad = new BadDealer(round, dealer);
        round.FromClient = (id, message) => (id, message) switch
        {
            (dealer, ShareKeysMessage shares) => new ShareKeysMessage(
                [.. shares.Shares.Select((share, i) => i < wrong ? bad.Forge(share.Peer) : share)]),
            (lost, MaskedInputMessage) => null,
            (holder, UnmaskShares opened) => new UnmaskShares(
                [.. opened.SeedShares.Select(Spoil)], [.. opened.MaskKeyShares.Select(Spoil)]),
            _ => message,
        };
        round.ToTheEnd();

        round.AssertExact(round.Inputs.Keys.Where(id => id != lost));
        Assert.Equal([dealer, holder], round.Completed.Culprits);
        Assert.All(
            round.Completed.Conflicts, each => Assert.True(each.Dealer == dealer || each.Holder == holder));
        Assert.Empty(round.ClientRefusals);
    }

    [Fact]
    public void A_dealer_of_nothing_but_wrong_shares_ends_the_round_and_is_named()
    {
        var round = Fresh(44, 1, 4).Advertise();
        var bad = new BadDealer(round, "site-002");
        round.FromClient = (id, message) => id == "site-002" && message is ShareKeysMessage shares
            ? new ShareKeysMessage([.. shares.Shares.Select(share => bad.Forge(share.Peer))])
            : message;
        round.ToTheEnd();

        Assert.Equal(AbortReason.SecretNotRecovered, round.Aborted.Reason);
        Assert.Equal(["site-002"], round.Aborted.Clients);
        Assert.Empty(round.ClientRefusals);
    }

    [Fact]
    public void A_neighbour_that_garbles_some_ciphertexts_is_named_and_the_sum_is_exact()
    {
        var round = Fresh(44, 1, 4);
        round.FromClient = (id, message) => id == "site-002" && message is ShareKeysMessage shares
            ? new ShareKeysMessage([.. shares.Shares.Select((share, i) => i < 3 ? Garble(share) : share)])
            : message;
        round.ToTheEnd();

        round.AssertExact(round.Inputs.Keys);
        Assert.Equal(["site-002"], round.Completed.Culprits);
        Assert.All(round.Completed.Conflicts, each => Assert.Equal(ShareConflictKind.Missing, each.Kind));
    }

    [Fact]
    public void A_client_that_garbles_every_ciphertext_stops_the_round_and_is_named()
    {
        var round = Fresh(44, 1, 4);
        round.FromClient = (id, message) => id == "site-002" && message is ShareKeysMessage shares
            ? new ShareKeysMessage([.. shares.Shares.Select(Garble)])
            : message;
        round.ToTheEnd();

        Assert.Equal(AbortReason.SecretNotRecovered, round.Aborted.Reason);
        Assert.Equal(["site-002"], round.Aborted.Clients);
        Assert.Equal(["site-002"], round.Aborted.Culprits);
        Assert.Empty(round.ClientRefusals);
    }

    [Fact]
    public void The_server_takes_shares_from_neighbours_alone_and_for_all_of_them()
    {
        var sharing = Fresh(44, 1, 4).Until(AggregationPhase.ShareKeys);
        var shares = ((ShareKeysMessage)sharing.Sent["site-001"]).Shares;
        var near = shares.Select(share => share.Peer).ToHashSet(StringComparer.Ordinal);
        var far = sharing.Inputs.Keys.First(id => id != "site-001" && !near.Contains(id));
        Refused(sharing, ServerRefusal.WrongRecipients, new ShareKeysMessage([.. shares.Skip(1)]));
        var renamed = shares.Skip(1).Append(shares[0] with { Peer = far }).OrderBy(share => share.Peer);
        Refused(sharing, ServerRefusal.WrongRecipients, new ShareKeysMessage([.. renamed]));

        var opening = Fresh(44, 1, 4).Until(AggregationPhase.Unmask);
        var opened = (UnmaskShares)opening.Sent["site-001"];
        var stranger = opening.Inputs.Keys.First(
            id => id != "site-001" && opened.SeedShares.All(share => share.Owner != id));
        foreach (var owner in new[] { stranger, "site-001" })
        {
            var more = opened.SeedShares.Append(opened.SeedShares[0] with { Owner = owner });
            Refused(
                opening,
                ServerRefusal.UnknownOwner,
                opened with { SeedShares = [.. more.OrderBy(share => share.Owner, StringComparer.Ordinal)] });
        }
    }

    [Fact]
    public void A_smaller_roster_than_the_plan_s_has_a_graph_of_its_own()
    {
        var context = Consortium.Round(Consortium.SparseParameters(60, 2, 6, Shapes), 60);
        var round = new Simulated(context);
        round.FromClient = (id, message) => string.CompareOrdinal(id, "site-006") < 0 ? null : message;
        round.ToTheEnd();

        round.AssertExact(round.Inputs.Keys.Where(id => string.CompareOrdinal(id, "site-006") >= 0));
        Assert.Empty(round.ClientRefusals);
    }

    private static Simulated Fresh(int members, int colluders, int dropouts) =>
        new(Consortium.Round(Consortium.SparseParameters(members, colluders, dropouts, Shapes), members));

    private static void Refused(Simulated round, ServerRefusal expected, ClientMessage message) =>
        Assert.Equal(expected, round.Server.Receive("site-001", message));

    private static OpenedShare Spoil(OpenedShare share)
    {
        var value = share.Value.ToArray();
        value[3] ^= 0x10;
        return share with { Value = value };
    }

    private static EncryptedShare Garble(EncryptedShare share)
    {
        var ciphertext = share.Ciphertext.ToArray();
        ciphertext[40] ^= 1;
        return share with { Ciphertext = ciphertext };
    }
}
