namespace FedMeta.SecureAgg.Tests;

/// <summary>The conditions of the claims are tight: with one colluder more than a claim allows, the product's own
/// clients, which were told of none, give a victim away.</summary>
public class ClaimBoundTests
{
    private const string Victim = "site-000";

    [Fact]
    public void Two_t_equal_to_n_plus_c_lets_two_quorums_open_both_secrets_of_one_client()
    {
        // n = 8, t = 5, c = 2: three honest clients and the colluders sign that the victim delivered, the others and
        // the colluders that it dropped.
        var (cohort, server) = TwoQuorums(threshold: 5);

        Assert.Empty(server.Refusals);
        Assert.Equal(cohort.Inputs[Victim], server.Known.Read(Victim));
    }

    [Fact]
    public void Above_it_neither_list_gathers_a_quorum()
    {
        var (cohort, server) = TwoQuorums(threshold: 6);

        Assert.All(
            cohort.Clients.Keys.Except(cohort.Colluders.Ids),
            id => Assert.Equal(ClientRefusal.TooFewSignatures, server.Refusals[id]));
        Assert.Null(server.Known.Read(Victim));
    }

    [Fact]
    public void A_plan_that_reckons_with_those_colluders_is_refused_by_every_client()
    {
        var context = Consortium.Round(Consortium.Parameters(37, 20, 8, 5, 2), 8);
        var server = new MaliciousServer(new Cohort(context)).Advertise();

        Assert.Empty(server.Answers);
        Assert.All(context.Members.Keys, id => Assert.Equal(ClientRefusal.ThresholdTooLow, server.Refusals[id]));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void As_many_colluders_as_the_threshold_read_everyone_without_a_lie(int colluders, bool read)
    {
        var colluding = Enumerable.Range(2, colluders).Select(Consortium.Id).ToList();
        var cohort = new Cohort(Consortium.Round(5, 3), null, colluding);
        var server = new MaliciousServer(cohort).Collect();

        Assert.Empty(server.Refusals);
        Assert.Equal(read ? cohort.Inputs[Victim] : null, server.Known.Read(Victim));
    }

    private static (Cohort Cohort, MaliciousServer Server) TwoQuorums(int threshold)
    {
        string[] believing = [Victim, "site-001", "site-002"];
        string[] colluders = ["site-006", "site-007"];
        var cohort = new Cohort(Consortium.Round(8, threshold), null, colluders);
        var server = new MaliciousServer(cohort).Collect();
        var everyone = server.Without();
        var others = server.Without(Victim);
        SurvivorList List(string id) => believing.Contains(id) ? everyone : others;
        server.Tell(id => colluders.Contains(id) ? null : List(id));
        server.Tell(id => colluders.Contains(id) ? null : server.Proof(List(id)));
        return (cohort, server);
    }
}
