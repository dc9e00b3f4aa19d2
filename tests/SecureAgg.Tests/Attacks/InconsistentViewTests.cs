namespace FedMeta.SecureAgg.Tests;

/// <summary>The attack that makes the consistency round necessary: n = 9, t = 5, no colluders, every client answers
/// once with one kind of share for each peer, and yet a server that shows different lists reads x1 + x2.</summary>
public class InconsistentViewTests
{
    private const int Members = 9;
    private const int Threshold = 5;
    private static readonly string[] Targets = ["site-000", "site-001"];

    [Fact, Attack(AttackRow.InconsistentViews, Outcome.SucceedsWeakened)]
    public void Without_the_consistency_round_the_server_reads_the_sum_of_two_clients()
    {
        var (cohort, server) = Delivered(Weakness.NoConsistencyRound);
        server.Tell(View);

        Assert.Equal(cohort.SumOf(Targets), server.Known.Read(Targets));
        Assert.All(cohort.Clients.Keys, AssertOneSecretAtMost);
        Assert.All(cohort.Clients.Keys, id => Assert.Null(server.Known.Read(id)));

        void AssertOneSecretAtMost(string id) =>
            Assert.True(server.Known.SeedOf(id) is null || server.Known.MaskKeyOf(id) is null);
    }

    [Theory, Attack(AttackRow.InconsistentViews, Outcome.Fails)]
    [InlineData(true)]
    [InlineData(false)]
    public void With_it_no_client_opens_a_single_share(bool product)
    {
        var (cohort, server) = Delivered(Cohort.Whole(product));
        server.Tell(View);
        var signatures = server.Answers.Select(each =>
            new SurvivorSignature(each.Key, Assert.IsType<ConsistencySignature>(each.Value).Signature)).ToList();
        server.Tell(id => Claim(View(id).Survivors));

        Assert.All(
            cohort.Clients.Keys, id => Assert.Equal(ClientRefusal.BadSurvivorSignature, server.Refusals[id]));
        Assert.Empty(server.Answers);
        Assert.Null(server.Known.Read(Targets));

        SignedSurvivorList Claim(IReadOnlyList<string> survivors)
        {
            var proof = signatures.Where(each => survivors.Contains(each.ClientId)).ToList();
            Assert.Equal(Threshold, proof.Count);
            return new SignedSurvivorList(survivors, proof);
        }
    }

    [Fact]
    public void No_two_lists_can_both_gather_a_quorum_while_colluders_sign_twice()
    {
        // c colluders sign everything; every honest client signs one of two lists. 2t > n + c leaves one of them short.
        for (var n = 3; n <= 30; n++)
        {
            var t = AggregationParameters.DefaultThreshold(n);
            for (var c = 0; 3 * c < n; c++)
            {
                for (var first = 0; first <= n - c; first++) Assert.False(first + c >= t && n - c - first + c >= t);
            }
        }
    }

    private static (Cohort Cohort, MaliciousServer Server) Delivered(Weakness? weakness)
    {
        var cohort = new Cohort(Consortium.Round(Members, Threshold), weakness);
        var server = new MaliciousServer(cohort).Collect();
        Assert.Empty(server.Refusals);
        return (cohort, server);
    }

    // Each list has five names with the receiver's among them; the targets are in all nine lists, everyone else in four
    // at most, so five or more clients open everyone else's mask key.
    private static SurvivorList View(string id)
    {
        var client = int.Parse(id[^3..]);
        int[] others = client switch
        {
            0 => [2, 3, 4],
            1 => [5, 6, 7],
            _ => [client, 2 + ((client - 1) % 7), 2 + (client % 7)],
        };
        var survivors = others.Append(0).Append(1).Order().Select(Consortium.Id).ToList();
        Assert.Contains(id, survivors);
        return new SurvivorList(survivors, [.. Enumerable.Range(0, Members).Select(Consortium.Id).Except(survivors)]);
    }
}
