namespace FedMeta.SecureAgg.Tests;

public class SharesRefusalTests
{
    private readonly ClientCase _case = new(AggregationPhase.CollectMaskedInput);

    [Fact]
    public void The_honest_shares_are_answered() =>
        Assert.IsType<MaskedInputMessage>(_case.Client.Receive(_case.Shares, Consortium.Now).Outgoing);

    [Fact, Covers(ClientRefusal.SharesFromSelf)]
    [Covers(DesignRefusal.SharesFromItself)]
    public void Shares_from_the_client_itself_are_refused() =>
        _case.AssertRefused(ClientRefusal.SharesFromSelf, Renamed(0, ClientCase.Self));

    [Fact, Covers(ClientRefusal.SharesFromStranger)]
    [Covers(DesignRefusal.SharesFromOutside)]
    public void Shares_from_outside_the_roster_are_refused() =>
        _case.AssertRefused(ClientRefusal.SharesFromStranger, Renamed(4, "site-999"));

    [Fact]
    public void More_shares_than_peers_are_refused() =>
        _case.AssertRefused(
            ClientRefusal.SharesFromStranger,
            new SharesForClient([.. Enumerable.Repeat(_case.Shares.Shares[0], 1000)]));

    [Fact]
    public void Shares_that_stand_twice_are_refused() =>
        _case.AssertRefused(ClientRefusal.ListNotAscending, Renamed(1, "site-000"));

    [Theory]
    [InlineData(0)]
    [InlineData(95)]
    [InlineData(97)]
    public void A_ciphertext_of_another_length_is_refused(int length)
    {
        var shares = _case.Shares.Shares.Select((s, i) => i == 2 ? s with { Ciphertext = new byte[length] } : s);
        _case.AssertRefused(ClientRefusal.MalformedMessage, new SharesForClient([.. shares]));
    }

    [Fact, Covers(ClientRefusal.TooFewSharers)]
    [Covers(DesignRefusal.SharersTooFew)]
    public void Fewer_sharers_than_the_threshold_are_refused()
    {
        _case.AssertRefused(ClientRefusal.TooFewSharers, new SharesForClient([.. _case.Shares.Shares.Take(2)]));
        var enough = new ClientCase(AggregationPhase.CollectMaskedInput);
        Assert.Null(enough.Client.Receive(
            new SharesForClient([.. enough.Shares.Shares.Take(3)]), Consortium.Now).Refusal);
    }

    private SharesForClient Renamed(int index, string name) =>
        new([.. _case.Shares.Shares.Select((share, i) => i == index ? share with { Peer = name } : share)]);
}
