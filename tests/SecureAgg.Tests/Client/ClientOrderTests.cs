namespace FedMeta.SecureAgg.Tests;

public class ClientOrderTests
{
    [Fact, Covers(ClientRefusal.MessageRepeated)]
    [Covers(DesignRefusal.MessageTwice)]
    public void A_phase_that_was_answered_is_not_answered_again_and_the_client_stays_where_it_is()
    {
        var attempt = new ClientCase(AggregationPhase.CollectMaskedInput);
        var shares = attempt.Shares;
        var waiting = attempt.Client.Receive(shares, Consortium.Now).State;

        var again = waiting.Receive(shares, Consortium.Now);

        Assert.Equal(ClientRefusal.MessageRepeated, again.Refusal);
        Assert.Null(again.Outgoing);
        Assert.Same(waiting, again.State);
        Assert.DoesNotContain(Secrets.Reachable<HeldShares>(waiting).SelectMany(Secrets.In), s => s.IsErased);
    }

    [Fact, Covers(ClientRefusal.MessageOutOfOrder)]
    [Covers(DesignRefusal.MessageOutOfOrder)]
    public void A_message_of_a_later_phase_is_refused_and_the_client_stays_where_it_is()
    {
        var attempt = new ClientCase(AggregationPhase.ShareKeys);
        var early = attempt.Client.Receive(new SharesForClient([]), Consortium.Now);

        Assert.Equal(ClientRefusal.MessageOutOfOrder, early.Refusal);
        Assert.Same(attempt.Client, early.State);
        Assert.Null(early.State.Receive(attempt.Roster, Consortium.Now).Refusal);
    }

    [Fact, Covers(ClientRefusal.RoundEnded)]
    [Covers(DesignRefusal.SecondUnmask)]
    public void After_the_one_unmask_answer_nothing_is_answered_identical_or_not()
    {
        var attempt = new ClientCase(AggregationPhase.Unmask);
        var signed = attempt.Signed;
        var done = attempt.Client.Receive(signed, Consortium.Now).State;

        foreach (var message in new[] { signed, signed with { Survivors = [.. signed.Survivors.Skip(1)] } })
        {
            var again = done.Receive(message, Consortium.Now);
            Assert.Equal(ClientRefusal.RoundEnded, again.Refusal);
            Assert.Null(again.Outgoing);
            Assert.IsType<ClientCompleted>(again.State);
        }
    }

    [Fact]
    public void An_aborted_client_answers_nothing()
    {
        var attempt = new ClientCase(AggregationPhase.ShareKeys);
        var aborted = attempt.Client.Receive(attempt.Roster with { Entries = [] }, Consortium.Now).State;

        Assert.Equal(ClientRefusal.RoundEnded, aborted.Receive(attempt.Roster, Consortium.Now).Refusal);
    }

    [Theory]
    [InlineData(AggregationPhase.ShareKeys)]
    [InlineData(AggregationPhase.CollectMaskedInput)]
    [InlineData(AggregationPhase.CheckConsistency)]
    [InlineData(AggregationPhase.Unmask)]
    [Covers(DesignRefusal.MessageTooLate)]
    public void In_every_phase_nothing_is_answered_after_the_expiry(AggregationPhase phase)
    {
        var attempt = new ClientCase(phase);
        attempt.AssertRefused(
            ClientRefusal.RoundExpired, attempt.Round.Announced[ClientCase.Self], TimeSpan.FromMinutes(6));
    }

    [Theory]
    [InlineData(AggregationPhase.ShareKeys)]
    [InlineData(AggregationPhase.CollectMaskedInput)]
    [InlineData(AggregationPhase.CheckConsistency)]
    [InlineData(AggregationPhase.Unmask)]
    [Covers(DesignRefusal.ErasedOnAbort)]
    public void A_state_that_has_moved_on_answers_nothing_and_a_disposed_one_has_erased_its_secrets(
        AggregationPhase phase)
    {
        var attempt = new ClientCase(phase);
        var (state, message) = (attempt.Client, attempt.Round.Announced[ClientCase.Self]);
        Assert.Null(state.Receive(message, Consortium.Now).Refusal);
        Assert.Throws<InvalidOperationException>(() => state.Receive(message, Consortium.Now));

        var other = new ClientCase(phase);
        var secrets = Secrets.In(other.Client);
        other.Client.Dispose();
        Assert.All(secrets, secret => Assert.True(secret.IsErased));
        Assert.Throws<InvalidOperationException>(() =>
            other.Client.Receive(other.Round.Announced[ClientCase.Self], Consortium.Now));
    }

    [Fact]
    public void To_dispose_a_state_that_has_moved_on_does_not_touch_its_successor()
    {
        var attempt = new ClientCase(AggregationPhase.CheckConsistency);
        var left = attempt.Client;
        attempt.Round.Answer();
        left.Dispose();

        attempt.Round.ToTheEnd();

        attempt.Round.AssertExact(attempt.Round.Inputs.Keys);
    }
}
