namespace FedMeta.SecureAgg.Tests;

/// <summary>What is left of a client that dies in a round is the round's id, which its caller wrote down before the
/// first message left.</summary>
public class RestartTests
{
    private const string Self = "site-001";
    private static readonly RoundContext Context = Consortium.Round(5, 4);

    public static TheoryData<int, bool> Steps
    {
        get
        {
            var steps = new TheoryData<int, bool>();
            for (var phase = 0; phase < 5; phase++)
            {
                steps.Add(phase, false);
                steps.Add(phase, true);
            }

            return steps;
        }
    }

    /// <param name="phase">The phase whose answer is the last that the client makes.</param>
    /// <param name="delivered">Whether that answer still reaches the server.</param>
    [Theory]
    [MemberData(nameof(Steps))]
    [Covers(DesignRefusal.SecondMaskedInput)]
    public void A_client_that_is_killed_between_any_two_steps_masks_once_and_opens_once_and_the_round_survives(
        int phase, bool delivered)
    {
        var round = new Simulated(Context);
        var left = new List<ClientMessage>();
        round.FromClient = (id, message) =>
        {
            if (id != Self) return message;
            if ((int)message.Phase > phase || ((int)message.Phase == phase && !delivered)) return null;
            left.Add(message);
            return message;
        };
        round.Advertise();
        while (round.Server.Phase < AggregationPhase.Ended)
        {
            if ((int)round.Server.Phase == phase) Restart(round, left);
            round.Advance();
            if ((int)round.Server.Phase > phase && round.ClientRefusals.ContainsKey(Self)) AssertSilent(round);
        }

        var masked = phase > 2 || (phase == 2 && delivered);
        round.AssertExact(round.Inputs.Keys.Where(id => masked || id != Self));
        Assert.True(left.OfType<MaskedInputMessage>().Count() <= 1);
        Assert.True(left.OfType<UnmaskShares>().Count() <= 1);
        Assert.Equal(phase + (delivered ? 1 : 0), left.Count);
    }

    // The process is gone with all its states; a new one knows the id alone and may not begin that round again.
    private static void Restart(Simulated round, List<ClientMessage> left)
    {
        Assert.All(left, message => Assert.True(message.Phase < round.Server.Phase));
        round.Clients[Self].Dispose();
        var again = ClientAdvertiseKeys.Start(
            Context,
            Self,
            Consortium.IdentityOf(Self),
            round.Inputs[Self],
            new SeededRandom(99),
            Context.Id,
            Consortium.Now);
        Assert.Equal(ClientRefusal.RoundAlreadyUsed, again.Refusal);
        Assert.Null(again.Outgoing);
        round.Clients[Self] = again.State;
    }

    private static void AssertSilent(Simulated round)
    {
        Assert.False(round.Sent.ContainsKey(Self));
        Assert.Equal(ClientRefusal.RoundEnded, round.ClientRefusals[Self]);
    }
}
