namespace FedMeta.SecureAgg.Tests;

/// <summary>What a client of a sparse graph refuses after the roster.</summary>
public class SparseRefusalTests
{
    private const string Lost = "site-005";
    private static readonly RoundContext Context = Consortium.SparseRound(48, 1, 4);

    [Fact]
    public void Shares_from_a_member_that_is_no_neighbour_are_refused()
    {
        var attempt = new ClientCase(AggregationPhase.CollectMaskedInput, Context);
        var shares = attempt.Shares.Shares;
        var near = shares.Select(share => share.Peer).ToHashSet(StringComparer.Ordinal);
        var stranger = Context.Members.Keys.First(id => !near.Contains(id) && id != ClientCase.Self);
        attempt.AssertRefused(
            ClientRefusal.SharesFromStranger,
            new SharesForClient([.. shares.Skip(1), shares[0] with { Peer = stranger }]));
    }

    [Fact]
    public void Fewer_sharers_among_the_neighbours_than_their_threshold_are_refused()
    {
        var least = Context.Parameters.ShareThreshold;
        var attempt = new ClientCase(AggregationPhase.CollectMaskedInput, Context);
        attempt.AssertRefused(
            ClientRefusal.TooFewSharers, new SharesForClient([.. attempt.Shares.Shares.Take(least - 1)]));
        var enough = new ClientCase(AggregationPhase.CollectMaskedInput, Context);
        Assert.Null(enough.Client.Receive(
            new SharesForClient([.. enough.Shares.Shares.Take(least)]), Consortium.Now).Refusal);
    }

    [Fact]
    public void Too_few_survivors_among_the_neighbours_are_refused_though_the_others_suffice()
    {
        // The threshold of all is 44 of 48, so too few neighbours means a list that is padded with invented clients.
        var attempt = Surviving(Consortium.Round(Context.Parameters, 80));
        var near = Near(attempt);
        var surplus = near.Count - Context.Parameters.ShareThreshold;
        var gone = near.Where(id => id != ClientCase.Self).Take(surplus).ToList();
        var others = Enumerable.Range(0, 80).Select(Consortium.Id).Except(near);
        var claimed = near.Except(gone).Concat(others).Order(StringComparer.Ordinal).Take(48 - gone.Count).ToList();
        if (!claimed.Contains(ClientCase.Self)) claimed = [.. claimed.SkipLast(1).Append(ClientCase.Self).Order()];
        attempt.AssertRefused(ClientRefusal.TooFewSurvivors, new SurvivorList(claimed, [.. gone.Order()]));
    }

    [Fact]
    public void A_neighbour_that_shared_and_stands_in_neither_list_is_refused()
    {
        var attempt = Surviving(Context);
        var forgotten = Near(attempt).First(id => id != ClientCase.Self && id != Lost);
        attempt.AssertRefused(
            ClientRefusal.DroppedListDiffers,
            attempt.Survivors with { Survivors = [.. attempt.Survivors.Survivors.Where(id => id != forgotten)] });
    }

    [Fact]
    public void A_survivor_far_away_must_be_a_member()
    {
        var attempt = Surviving(Context);
        attempt.AssertRefused(
            ClientRefusal.SurvivorNotSharer,
            attempt.Survivors with { Survivors = [.. attempt.Survivors.Survivors, "site-999"] });
        var other = Surviving(Context);
        other.AssertRefused(
            ClientRefusal.DroppedListDiffers, other.Survivors with { Dropped = [Lost, "site-999"] });
    }

    [Fact]
    public void More_survivors_and_dropped_than_the_roster_has_are_refused()
    {
        var attempt = Surviving(Consortium.Round(Context.Parameters, 80));
        var invented = Enumerable.Range(48, 20).Select(Consortium.Id);
        attempt.AssertRefused(
            ClientRefusal.DroppedListDiffers,
            attempt.Survivors with { Survivors = [.. attempt.Survivors.Survivors, .. invented] });
    }

    [Fact]
    public void Both_lists_are_checked_for_a_client_in_both_however_far_away()
    {
        var attempt = Surviving(Context);
        var near = Near(attempt);
        var far = attempt.Survivors.Survivors.First(id => !near.Contains(id));
        attempt.AssertRefused(
            ClientRefusal.PeerInBothLists,
            attempt.Survivors with { Dropped = [.. attempt.Survivors.Dropped.Append(far).Order()] });
    }

    [Fact, Covers(ClientRefusal.SignerNotNeighbour)]
    public void A_signature_of_a_survivor_that_is_no_neighbour_or_of_the_client_itself_does_not_count()
    {
        var attempt = Signed();
        var near = Near(attempt);
        var far = attempt.Signed.Survivors.First(id => !near.Contains(id));
        attempt.AssertRefused(ClientRefusal.SignerNotNeighbour, With(attempt, far));
        var own = Signed();
        own.AssertRefused(ClientRefusal.SignerNotNeighbour, With(own, ClientCase.Self));
    }

    [Fact]
    public void Fewer_signatures_of_neighbours_than_their_threshold_are_refused()
    {
        var least = Context.Parameters.ShareThreshold;
        var attempt = Signed();
        attempt.AssertRefused(
            ClientRefusal.TooFewSignatures,
            attempt.Signed with { Signatures = [.. attempt.Signed.Signatures.Take(least - 1)] });
        var enough = Signed();
        Assert.Null(enough.Client.Receive(
            enough.Signed with { Signatures = [.. enough.Signed.Signatures.Take(least)] }, Consortium.Now).Refusal);
    }

    [Fact]
    public void Another_list_than_the_one_that_was_signed_is_refused_wherever_it_differs()
    {
        var attempt = Signed();
        var near = Near(attempt);
        var far = attempt.Signed.Survivors.First(id => !near.Contains(id));
        attempt.AssertRefused(
            ClientRefusal.SurvivorsChanged,
            attempt.Signed with { Survivors = [.. attempt.Signed.Survivors.Where(id => id != far)] });
    }

    [Fact]
    public void A_client_opens_shares_of_its_neighbours_alone_and_none_of_its_own()
    {
        var attempt = Signed();
        var near = Near(attempt);
        var opened = Assert.IsType<UnmaskShares>(attempt.Client.Receive(attempt.Signed, Consortium.Now).Outgoing);
        var expected = near.Where(id => id != ClientCase.Self && attempt.Signed.Survivors.Contains(id));
        Assert.Equal(expected, opened.SeedShares.Select(share => share.Owner));
        Assert.Equal(near.Contains(Lost) ? [Lost] : [], opened.MaskKeyShares.Select(share => share.Owner));
    }

    private static ClientCase Surviving(RoundContext context) =>
        new(AggregationPhase.CheckConsistency, context, LoseOne);

    private static ClientCase Signed() => new(AggregationPhase.Unmask, Context, LoseOne);

    private static void LoseOne(Simulated round) => round.FromClient =
        (id, message) => id == Lost && message is MaskedInputMessage ? null : message;

    private static List<string> Near(ClientCase attempt) =>
        [.. Secrets.Reachable<AgreedRoster>(attempt.Client).First().Entries.Select(entry => entry.ClientId)];

    private static SignedSurvivorList With(ClientCase attempt, string signer) => attempt.Signed with
    {
        Signatures =
        [
            .. attempt.Signed.Signatures.Append(attempt.Signed.Signatures[0] with { ClientId = signer })
                .OrderBy(each => each.ClientId, StringComparer.Ordinal),
        ],
    };
}
