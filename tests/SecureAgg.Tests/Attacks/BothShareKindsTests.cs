namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 2: the server asks for the shares of both secrets of one client.</summary>
public class BothShareKindsTests
{
    private const string Victim = "site-003";

    [Fact, Attack(AttackRow.BothShareKinds, Outcome.SucceedsWeakened)]
    public void A_client_in_both_lists_is_read_where_nobody_minds()
    {
        var (cohort, server) = Ask(Weakness.OpensBothKinds);

        Assert.Equal(cohort.Inputs[Victim], server.Known.Read(Victim));
    }

    [Theory, Attack(AttackRow.BothShareKinds, Outcome.Fails)]
    [InlineData(true)]
    [InlineData(false)]
    public void Ours_refuse_the_lists_and_neither_secret_opens(bool product)
    {
        var (cohort, server) = Ask(Cohort.Whole(product));

        var asked = cohort.Clients.Keys.Where(id => id != Victim);
        Assert.All(asked, id => Assert.Equal(ClientRefusal.PeerInBothLists, server.Refusals[id]));
        Assert.Equal(0, server.Known.SeedSharesOf(Victim));
        Assert.Equal(0, server.Known.MaskKeySharesOf(Victim));
        Assert.Null(server.Known.Read(Victim));
    }

    [Fact]
    public void A_second_request_with_the_other_kind_is_refused()
    {
        var cohort = new Cohort(Consortium.Round(6, 4));
        var server = new MaliciousServer(cohort).Collect();
        server.Tell(_ => server.Without());
        server.Tell(_ => server.Proof(server.Without()));
        Assert.Equal(6, server.Known.SeedSharesOf(Victim));

        var dropped = server.Without(Victim);
        server.Tell(_ => dropped);
        Assert.All(cohort.Clients.Keys, id => Assert.Equal(ClientRefusal.RoundEnded, server.Refusals[id]));
        server.Tell(_ => new SignedSurvivorList(dropped.Survivors, []));
        Assert.Empty(server.Answers);
        Assert.Equal(0, server.Known.MaskKeySharesOf(Victim));
    }

    // Everyone signs the same survivors; those other than the victim are told besides that it dropped.
    private static (Cohort Cohort, MaliciousServer Server) Ask(Weakness? weakness)
    {
        var cohort = new Cohort(Consortium.Round(6, 4), weakness);
        var server = new MaliciousServer(cohort).Collect();
        var all = server.Without();
        server.Tell(id => id == Victim ? all : all with { Dropped = [Victim] });
        server.Tell(_ => server.Proof(all));
        return (cohort, server);
    }
}
