namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 1: a server with two colluders among nine shows every client another survivor list and so takes five
/// honest inputs out of the sum, three more than the protocol ever lets go.</summary>
public class SurvivorListAttackTests
{
    private static readonly string[] Colluders = ["site-007", "site-008"];
    private static readonly string[] Targets = ["site-000", "site-001"];
    private static readonly string[] Honest = [.. Enumerable.Range(0, 7).Select(Consortium.Id)];

    [Fact, Attack(AttackRow.DifferentSurvivorLists, Outcome.SucceedsWeakened)]
    public void Without_the_consistency_round_the_sum_of_two_clients_is_read_where_four_are_promised()
    {
        var (cohort, server, lists) = Play(Weakness.NoConsistencyRound);

        Assert.Equal(cohort.SumOf(Targets), server.Known.Read(Targets));
        Assert.Equal(4, cohort.Context.Parameters.Threshold - cohort.Context.Parameters.Colluders);
        AssertNobodyWasAskedForBoth(lists);
    }

    [Theory, Attack(AttackRow.DifferentSurvivorLists, Outcome.Fails)]
    [InlineData(true)]
    [InlineData(false)]
    public void With_it_no_list_gathers_the_signatures_that_it_needs_and_nothing_opens(bool product)
    {
        var (_, server, lists) = Play(Cohort.Whole(product));
        server.Tell(id => Colluders.Contains(id) ? null : server.Proof(lists[id]));

        Assert.All(Honest, id => Assert.Equal(ClientRefusal.TooFewSignatures, server.Refusals[id]));
        Assert.Null(server.Known.Read(Targets));
        Assert.All(Honest, id => Assert.Equal(Colluders.Length, server.Known.SeedSharesOf(id)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Signatures_over_other_lists_do_not_count(bool product)
    {
        var (_, server, lists) = Play(Cohort.Whole(product));
        var all = Honest.SelectMany(id => server.Proof(lists[id]).Signatures)
            .DistinctBy(each => each.ClientId)
            .ToList();
        server.Tell(id => Colluders.Contains(id) ? null : new SignedSurvivorList(
            lists[id].Survivors,
            [.. all.Where(each => lists[id].Survivors.Contains(each.ClientId)).OrderBy(each => each.ClientId)]));

        Assert.All(Honest, id => Assert.Equal(ClientRefusal.BadSurvivorSignature, server.Refusals[id]));
        Assert.Null(server.Known.Read(Targets));
    }

    private static (Cohort Cohort, MaliciousServer Server, Dictionary<string, SurvivorList> Lists) Play(
        Weakness? weakness)
    {
        var context = Consortium.Round(Consortium.Parameters(37, 20, 9, 6, 2), 9);
        Assert.Empty(context.Validate());
        var cohort = new Cohort(context, weakness, Colluders);
        var server = new MaliciousServer(cohort).Collect();
        var lists = SheddingPlan.Make(server.Sharers, Targets, 6, Colluders);
        server.Tell(id => Colluders.Contains(id) ? null : lists[id]);
        Assert.Empty(server.Refusals);
        return (cohort, server, lists);
    }

    private static void AssertNobodyWasAskedForBoth(Dictionary<string, SurvivorList> lists) =>
        Assert.All(lists.Values, list => Assert.Empty(list.Survivors.Intersect(list.Dropped)));
}
