namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 9: in a sum of two, whoever holds one input reads the other.</summary>
public class SmallCohortTests
{
    private const string Victim = "site-000";
    private const string Colluder = "site-001";

    [Fact, Attack(AttackRow.SmallCohort, Outcome.SucceedsWeakened)]
    public void In_a_cohort_of_two_the_sum_gives_the_victim_away()
    {
        var context = Consortium.Round(Consortium.Parameters(37, 20, 2, 2, 1), 2);
        var cohort = new Cohort(context, Weakness.AnyCohort, [Colluder]);
        var server = new MaliciousServer(cohort).Collect();
        server.Tell(_ => server.Without());
        server.Tell(_ => server.Proof(server.Without()));

        Assert.Empty(server.Refusals);
        var sum = server.Known.Read(Victim, Colluder)!;
        Assert.Equal(cohort.Inputs[Victim], PlainVector.Difference(context, sum, cohort.Inputs[Colluder]));
    }

    [Theory, Attack(AttackRow.SmallCohort, Outcome.Fails)]
    [InlineData(true)]
    [InlineData(false)]
    public void Ours_do_not_begin_a_round_of_two(bool product)
    {
        var context = Consortium.Round(Consortium.Parameters(37, 20, 2, 2, 1), 2);
        var server = new MaliciousServer(new Cohort(context, Cohort.Whole(product))).Advertise();

        Assert.Empty(server.Answers);
        Assert.Equal(ClientRefusal.InvalidContext, server.Refusals[Victim]);
        Assert.Contains(context.Parameters.Validate(), problem => problem.Contains("max clients 2"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_roster_of_two_is_refused_in_a_round_for_more(bool product)
    {
        var server = new MaliciousServer(new Cohort(Consortium.Round(5, 4), Cohort.Whole(product))).Advertise();
        server.Tell(_ => Roster.Complete(server.Roster.ContextHash, [.. server.Entries.Take(2)]));

        Assert.Empty(server.Answers);
        Assert.Equal(ClientRefusal.RosterTooSmall, server.Refusals[Victim]);
    }

    [Fact]
    public void No_plan_lets_go_of_a_sum_with_fewer_than_two_honest_inputs()
    {
        for (var members = 1; members <= 12; members++)
        {
            for (var threshold = 1; threshold <= members; threshold++)
            {
                for (var colluders = 0; colluders < members; colluders++)
                {
                    var plan = Consortium.Parameters(37, 20, members, threshold, colluders, 2);
                    if (plan.Validate().Count > 0) continue;
                    Assert.True(members >= 3 && threshold - colluders >= 2 && 2 * threshold > members + colluders);
                }
            }
        }
    }
}
