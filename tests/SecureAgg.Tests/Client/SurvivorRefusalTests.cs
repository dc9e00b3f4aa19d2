namespace FedMeta.SecureAgg.Tests;

public class SurvivorRefusalTests
{
    // site-005 shared and did not deliver.
    private readonly ClientCase _case = Fresh();

    [Fact]
    public void The_honest_survivors_are_signed()
    {
        Assert.Equal(["site-005"], _case.Survivors.Dropped);
        Assert.IsType<ConsistencySignature>(_case.Client.Receive(_case.Survivors, Consortium.Now).Outgoing);
    }

    [Fact, Covers(ClientRefusal.TooFewSurvivors)]
    [Covers(DesignRefusal.SurvivorsTooFew)]
    public void Fewer_survivors_than_the_threshold_are_refused() =>
        _case.AssertRefused(
            ClientRefusal.TooFewSurvivors,
            new SurvivorList(["site-000", "site-001", "site-002"], ["site-003", "site-004", "site-005"]));

    [Fact, Covers(ClientRefusal.SurvivorNotSharer)]
    [Covers(DesignRefusal.SurvivorsNoSubset)]
    public void A_survivor_that_never_shared_is_refused() =>
        _case.AssertRefused(
            ClientRefusal.SurvivorNotSharer,
            _case.Survivors with { Survivors = [.. _case.Survivors.Survivors, "site-999"] });

    [Fact, Covers(ClientRefusal.OwnInputMissing)]
    [Covers(DesignRefusal.SurvivorsWithoutItself)]
    public void A_list_without_the_client_itself_is_refused() =>
        _case.AssertRefused(
            ClientRefusal.OwnInputMissing,
            new SurvivorList(["site-000", "site-002", "site-003", "site-004"], ["site-005"]));

    [Fact, Covers(ClientRefusal.PeerInBothLists)]
    [Covers(DesignRefusal.PeerInBothLists)]
    public void A_peer_in_both_lists_is_refused() =>
        _case.AssertRefused(
            ClientRefusal.PeerInBothLists, _case.Survivors with { Dropped = ["site-004", "site-005"] });

    [Fact, Covers(ClientRefusal.OwnMaskKeyRequested)]
    [Covers(DesignRefusal.OwnMaskKeyAsked)]
    public void A_request_for_the_client_s_own_mask_key_is_refused()
    {
        _case.AssertRefused(
            ClientRefusal.OwnMaskKeyRequested, _case.Survivors with { Dropped = ["site-001", "site-005"] });
        var alone = Fresh();
        alone.AssertRefused(
            ClientRefusal.OwnMaskKeyRequested,
            new SurvivorList(["site-000", "site-002", "site-003", "site-004"], ["site-001", "site-005"]));
    }

    [Fact, Covers(ClientRefusal.DroppedListDiffers)]
    public void A_dropped_client_too_few_or_too_many_is_refused()
    {
        _case.AssertRefused(ClientRefusal.DroppedListDiffers, _case.Survivors with { Dropped = [] });
        var tooMany = Fresh();
        tooMany.AssertRefused(
            ClientRefusal.DroppedListDiffers, tooMany.Survivors with { Dropped = ["site-005", "site-999"] });
    }

    [Fact]
    public void A_list_out_of_order_or_with_an_id_twice_is_refused()
    {
        _case.AssertRefused(
            ClientRefusal.ListNotAscending,
            _case.Survivors with { Survivors = [.. _case.Survivors.Survivors.Reverse()] });
        var doubled = Fresh();
        doubled.AssertRefused(
            ClientRefusal.ListNotAscending, doubled.Survivors with { Dropped = ["site-005", "site-005"] });
    }

    private static ClientCase Fresh() => new(AggregationPhase.CheckConsistency, setUp: round => round.FromClient =
        (id, message) => id == "site-005" && message is MaskedInputMessage ? null : message);
}
