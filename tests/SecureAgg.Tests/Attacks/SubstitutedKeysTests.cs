namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 3: the server puts keys of its own under the names of all peers of a client and plays them.</summary>
public class SubstitutedKeysTests
{
    private const string Victim = "site-002";

    [Fact, Attack(AttackRow.SubstitutedKeys, Outcome.SucceedsWeakened)]
    public void Where_nobody_checks_who_signed_the_keys_the_server_reads_a_client_alone()
    {
        var (cohort, server, impostors, shown) = Show(Weakness.NoIdentitySignatures);
        var roster = Rosters.Agreed(cohort.Context, shown.Entries);
        var knowledge = new Knowledge(roster);
        impostors.Read(roster.Agreed, Victim, Assert.IsType<ShareKeysMessage>(server.Answers[Victim]), knowledge);
        var shares = impostors.SharesFor(roster.Agreed, Victim);
        server.Tell(id => id == Victim ? shares : null);
        knowledge.Given(Victim, shares);
        knowledge.Upload(Victim, server.Answers[Victim]);

        Assert.Equal(cohort.Inputs[Victim], knowledge.Read(Victim));
    }

    [Theory, Attack(AttackRow.SubstitutedKeys, Outcome.Fails)]
    [InlineData(true)]
    [InlineData(false)]
    public void Ours_share_nothing_under_keys_that_no_member_signed(bool product)
    {
        var (_, server, _, _) = Show(Cohort.Whole(product));

        Assert.Empty(server.Answers);
        Assert.Equal(ClientRefusal.BadAdvertisementSignature, server.Refusals[Victim]);
    }

    [Fact]
    public void One_substituted_key_is_as_bad_as_all()
    {
        foreach (var place in Enumerable.Range(0, 6).Where(place => Consortium.Id(place) != Victim))
        {
            var server = new MaliciousServer(new Cohort(Consortium.Round(6, 4))).Advertise();
            var impostor = new Impostors([Consortium.Id(place)], new SeededRandom(5)).Entries(server.Entries).Single();
            var entries = server.Entries.Select(e => e.ClientId == impostor.ClientId ? impostor : e);
            var shown = Roster.Complete(server.Roster.ContextHash, [.. entries]);
            server.Tell(id => id == Victim ? shown : null);

            Assert.Equal(ClientRefusal.BadAdvertisementSignature, server.Refusals[Victim]);
        }
    }

    private static (Cohort Cohort, MaliciousServer Server, Impostors Impostors, Roster Shown) Show(Weakness? weakness)
    {
        var cohort = new Cohort(Consortium.Round(6, 4), weakness);
        var server = new MaliciousServer(cohort).Advertise();
        var impostors = new Impostors([.. cohort.Clients.Keys.Where(id => id != Victim)], new SeededRandom(99));
        var genuine = server.Entries.Single(entry => entry.ClientId == Victim);
        var entries = impostors.Entries(server.Entries)
            .Append(genuine)
            .OrderBy(entry => entry.ClientId, StringComparer.Ordinal);
        var shown = Roster.Complete(server.Roster.ContextHash, [.. entries]);
        server.Tell(id => id == Victim ? shown : null);
        return (cohort, server, impostors, shown);
    }
}
