namespace FedMeta.SecureAgg.Tests;

/// <summary>The claim of the sparse graph: a server that tells some neighbours of a client that it dropped and others
/// that it delivered opens at most one of its secrets, as long as no more of its neighbours collude than the graph was
/// made for (2t &gt; k + t1). This rests on one answer of every client alone, so it is tried without the consistency
/// round too.</summary>
public class SparseGraphLiesTests
{
    private const string Victim = "site-007";
    private static readonly RoundContext Context = Consortium.SparseRound(48, 1, 4);
    private static readonly SparseGraph Graph = Context.Parameters.Graph!;

    /// <summary>The greatest t1 with 2t &gt; k + t1.</summary>
    private static readonly int Withstood = (2 * Graph.Threshold) - Graph.Neighbours - 1;

    [Fact, Attack(AttackRow.LiesAboutDropsInASparseGraph, Outcome.SucceedsWeakened)]
    public void One_colluding_neighbour_more_than_the_graph_is_made_for_and_the_victim_is_read()
    {
        var (cohort, server) = Lie(Weakness.NoConsistencyRound, Withstood + 1);

        Assert.False(GraphParameterFinder.Covers(Graph, 48, Withstood + 1, 4));
        Assert.Equal(Graph.Threshold, server.Known.SeedSharesOf(Victim));
        Assert.Equal(Graph.Threshold, server.Known.MaskKeySharesOf(Victim));
        Assert.Equal(cohort.Inputs[Victim], server.Known.Read(Victim));
    }

    [Fact, Attack(AttackRow.LiesAboutDropsInASparseGraph, Outcome.Fails)]
    public void As_many_as_it_is_made_for_never_get_both_secrets_even_without_the_consistency_round()
    {
        var (_, server) = Lie(Weakness.NoConsistencyRound, Withstood);

        Assert.Equal(Context.Parameters.Colluders, Withstood);
        Assert.Equal(Graph.Threshold, server.Known.SeedSharesOf(Victim));
        Assert.Equal(Graph.Threshold - 1, server.Known.MaskKeySharesOf(Victim));
        Assert.NotNull(server.Known.SeedOf(Victim));
        Assert.Null(server.Known.MaskKeyOf(Victim));
        Assert.Null(server.Known.Read(Victim));
    }

    [Theory, Attack(AttackRow.LiesAboutDropsInASparseGraph, Outcome.Fails)]
    [InlineData(true)]
    [InlineData(false)]
    public void Ours_demand_the_signatures_of_their_neighbours_besides(bool product)
    {
        var (cohort, server) = Lie(Cohort.Whole(product), Withstood);

        // Nobody has opened anything yet: what the colluders hold is all.
        Assert.Equal(Withstood, server.Known.SeedSharesOf(Victim));
        Assert.Equal(Withstood, server.Known.MaskKeySharesOf(Victim));
        server.Tell(id => cohort.Colluders.Ids.Contains(id) ? null : server.ProofFor(id, server.Told[id]));

        // Half of a neighbourhood and a colluder are fewer than the threshold: whoever was told that the victim dropped
        // opens nothing. The others are enough for one another.
        var deceived = server.Told.Where(each => each.Value.Dropped.Contains(Victim)).Select(each => each.Key).ToList();
        Assert.Equal((Graph.Neighbours - Withstood) / 2, deceived.Count);
        Assert.Equal(deceived.Order(StringComparer.Ordinal), server.Refusals.Keys.Order(StringComparer.Ordinal));
        Assert.All(server.Refusals.Values, refusal => Assert.Equal(ClientRefusal.TooFewSignatures, refusal));
        Assert.Equal(Withstood, server.Known.MaskKeySharesOf(Victim));
        Assert.Null(server.Known.Read(Victim));
    }

    [Fact]
    public void An_honest_server_reads_the_sum_and_nothing_less()
    {
        var cohort = new Cohort(Context);
        var server = new MaliciousServer(cohort).Collect();
        server.Tell(_ => server.Without());
        server.Tell(id => server.ProofFor(id, server.Without()));

        Assert.Empty(server.Refusals);
        Assert.Equal(cohort.SumOf(cohort.Clients.Keys), server.Known.Read([.. cohort.Clients.Keys]));
        Assert.Null(server.Known.Read(Victim));
    }

    // Half of the victim's honest neighbours hear that it delivered (and so does everyone who is no neighbour), the
    // other half that it dropped.
    private static (Cohort Cohort, MaliciousServer Server) Lie(Weakness? weakness, int colluding)
    {
        var cohort = new Cohort(Context, weakness);
        var server = new MaliciousServer(cohort).Advertise();
        var near = server.Known.PeersOf(Victim).ToList();
        foreach (var id in near.Take(colluding)) cohort.Corrupt(id);
        server.CollectAdvertised();
        Assert.Empty(server.Refusals);

        var honest = near.Skip(colluding).ToList();
        var deceived = honest.Take(honest.Count / 2).ToHashSet();
        server.Tell(id => cohort.Colluders.Ids.Contains(id)
            ? null
            : deceived.Contains(id) ? server.Without(Victim) : server.Without());
        Assert.Empty(server.Refusals);
        return (cohort, server);
    }
}
