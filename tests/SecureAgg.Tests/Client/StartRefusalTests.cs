namespace FedMeta.SecureAgg.Tests;

public class StartRefusalTests
{
    private static readonly RoundContext Round = Consortium.Round(5, 4);

    [Fact, Covers(ClientRefusal.InvalidContext)]
    public void A_context_with_a_problem_is_refused() =>
        AssertRefused(ClientRefusal.InvalidContext, Start(Round with { PlanHash = new byte[5] }));

    [Fact, Covers(ClientRefusal.ThresholdTooLow)]
    [Covers(DesignRefusal.ThresholdTooLow)]
    public void A_threshold_that_allows_two_quorums_is_refused()
    {
        var parameters = Round.Parameters with { MaxClients = 8, Threshold = 4 };
        AssertRefused(ClientRefusal.ThresholdTooLow, Start(Round with { Parameters = parameters }));
        var colluding = parameters with { Threshold = 5, Colluders = 2 };
        AssertRefused(ClientRefusal.ThresholdTooLow, Start(Round with { Parameters = colluding }));
    }

    [Fact, Covers(ClientRefusal.NotAMember)]
    public void A_client_that_is_no_member_or_has_another_key_does_not_start()
    {
        AssertRefused(ClientRefusal.NotAMember, Start(Round, self: 5));
        AssertRefused(ClientRefusal.NotAMember, ClientAdvertiseKeys.Start(
            Round, Consortium.Id(1), Consortium.Identity(2), Input(new uint[37]), new SeededRandom(1), null,
            Consortium.Now));
    }

    [Fact]
    [Covers(DesignRefusal.DuplicatedSubject)]
    public void One_identity_under_two_names_is_refused()
    {
        var members = Round.Members.ToDictionary(each => each.Key, each => each.Value);
        members["twin"] = members[Consortium.Id(2)];
        AssertRefused(ClientRefusal.InvalidContext, Start(Round with { Members = members }));
    }

    [Theory, Covers(ClientRefusal.RoundAlreadyUsed)]
    [InlineData(7, 0)]
    [InlineData(7, 3)]
    [InlineData(8, 0)]
    [Covers(DesignRefusal.RoundUsed)]
    public void A_round_for_which_keys_may_exist_or_an_earlier_one_is_refused(long round, int attempt) =>
        AssertRefused(ClientRefusal.RoundAlreadyUsed, Start(Round, lastUsed: new RoundId(round, attempt)));

    [Fact]
    public void A_later_attempt_or_round_starts()
    {
        Assert.Null(Start(Round, lastUsed: new RoundId(6, 9)).Refusal);
        Assert.Null(Start(Round with { Id = new RoundId(7, 1) }, lastUsed: new RoundId(7, 0)).Refusal);
    }

    [Fact, Covers(ClientRefusal.RoundExpired)]
    public void An_expired_round_is_refused() =>
        AssertRefused(ClientRefusal.RoundExpired, Start(Round with { Expiry = Consortium.Now.AddTicks(-1) }));

    [Fact, Covers(ClientRefusal.InputWrongLength)]
    [Covers(DesignRefusal.InputWrongLength)]
    public void An_input_of_another_length_is_refused()
    {
        AssertRefused(ClientRefusal.InputWrongLength, Start(Round, input: new uint[36]));
        AssertRefused(ClientRefusal.InputWrongLength, Start(Round, input: new uint[38]));
    }

    [Fact, Covers(ClientRefusal.InputOutOfRange)]
    [Covers(DesignRefusal.InputOutOfRange)]
    public void An_input_with_an_entry_outside_the_ring_is_refused()
    {
        var input = new uint[37];
        input[36] = (1 << 20) - 1;
        Assert.Null(Start(Round, input: input).Refusal);
        input[36] = 1 << 20;
        AssertRefused(ClientRefusal.InputOutOfRange, Start(Round, input: input));
    }

    private static ClientTransition Start(
        RoundContext round, int self = 1, uint[]? input = null, RoundId? lastUsed = null)
    {
        var (id, identity) = (Consortium.Id(self), Consortium.Identity(self));
        return ClientAdvertiseKeys.Start(
            round, id, identity, Input(input ?? new uint[37]), new SeededRandom(1), lastUsed, Consortium.Now);
    }

    private static IReadOnlyList<RingVector> Input(uint[] entries) =>
        [RingVector.Of(entries, 20)];

    private static void AssertRefused(ClientRefusal expected, ClientTransition transition)
    {
        Assert.Equal(expected, transition.Refusal);
        Assert.Null(transition.Outgoing);
        Assert.Equal(expected, Assert.IsType<ClientAborted>(transition.State).Reason);
    }
}
