namespace FedMeta.SecureAgg.Tests;

public class DropoutTests
{
    private const int Never = 5;

    private static readonly VectorShape[] Shapes =
        [new("flags", 3, 12), new("update", 5, 20), new("metrics", 2, 40), new("weights", 1, 64)];

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    [InlineData(6, 4)]
    public void Whoever_may_vanish_may_vanish_in_any_phase_and_the_sum_is_exact(int members, int threshold)
    {
        foreach (var phases in Plans(members, members - threshold)) AssertExact(members, threshold, phases);
    }

    [Theory]
    [Covers(AbortReason.TooFewAdvertised)]
    [Covers(AbortReason.TooFewShared)]
    [Covers(AbortReason.TooFewDelivered)]
    [Covers(AbortReason.TooFewSigned)]
    [Covers(AbortReason.TooFewOpened)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(5, 4)]
    [InlineData(6, 5)]
    public void One_too_many_ends_the_round_in_the_phase_where_it_vanished_and_says_who(int members, int threshold)
    {
        var surplus = members - threshold;
        foreach (var phases in Plans(members, surplus + 1).Where(plan => plan.Count(Vanishes) > surplus))
        {
            var round = Play(members, threshold, phases);

            var last = phases.Where(Vanishes).Max();
            Assert.Equal((AbortReason)last, round.Aborted.Reason);
            // Who gave no signature is still asked to open shares, so the last phase waits for it too.
            var first = last == (int)AggregationPhase.Unmask ? (int)AggregationPhase.CheckConsistency : last;
            var missing = Enumerable.Range(0, members).Where(i => phases[i] >= first && Vanishes(phases[i]));
            Assert.Equal(missing.Select(Consortium.Id), round.Aborted.Clients);
            Assert.Empty(round.ClientRefusals);
        }
    }

    [Fact]
    public void Random_losses_in_larger_rosters_leave_the_sum_exact()
    {
        var random = new SeededRandom(31);
        for (var attempt = 0; attempt < 8; attempt++) AssertExactWithRandomLosses(6 + random.Below(15), random);
        for (var attempt = 0; attempt < 2; attempt++) AssertExactWithRandomLosses(21 + random.Below(30), random);
        AssertExactWithRandomLosses(80, random);
    }

    [Fact]
    public void A_message_that_does_not_reach_a_client_is_as_good_as_a_lost_client()
    {
        var round = new Simulated(Consortium.Round(6, 4));
        round.FromServer = (id, message) => (id, message.Phase) switch
        {
            ("site-002", AggregationPhase.CollectMaskedInput) => null,
            ("site-004", AggregationPhase.Unmask) => null,
            _ => message,
        };
        round.ToTheEnd();

        Assert.Equal(round.Inputs.Keys.Where(id => id != "site-002"), round.Completed.Included);
        round.AssertExact();
    }

    private static void AssertExactWithRandomLosses(int members, SeededRandom random)
    {
        var threshold = AggregationParameters.DefaultThreshold(members);
        var phases = Enumerable.Repeat(Never, members).ToArray();
        for (var lost = 0; lost < members - threshold; lost++) phases[random.Below(members)] = random.Below(6);
        AssertExact(members, threshold, phases);
    }

    private static bool Vanishes(int phase) => phase < Never;

    private static void AssertExact(int members, int threshold, int[] phases)
    {
        var round = Play(members, threshold, phases);
        var included = Enumerable.Range(0, members)
            .Where(i => phases[i] > (int)AggregationPhase.CollectMaskedInput)
            .Select(Consortium.Id);
        Assert.Equal(included, round.Completed.Included);
        round.AssertExact();
        Assert.Empty(round.ClientRefusals);
        Assert.Empty(round.Completed.Conflicts);
    }

    private static Simulated Play(int members, int threshold, int[] phases)
    {
        var parameters = new AggregationParameters(Shapes, members, threshold, 0, 2);
        var round = new Simulated(Consortium.Round(parameters, members));
        round.FromClient = (id, message) => phases[int.Parse(id[^3..])] <= (int)message.Phase ? null : message;
        return round.ToTheEnd();
    }

    // Every way in which at most `most` of the members vanish, each in any of the five phases.
    private static IEnumerable<int[]> Plans(int members, int most)
    {
        var plans = new List<int[]> { Enumerable.Repeat(Never, members).ToArray() };
        for (var member = 0; member < members; member++)
        {
            foreach (var plan in plans.Where(plan => plan.Count(Vanishes) < most).ToList())
            {
                for (var phase = 0; phase < Never; phase++)
                {
                    var next = plan.ToArray();
                    next[member] = phase;
                    plans.Add(next);
                }
            }
        }

        return plans;
    }
}
