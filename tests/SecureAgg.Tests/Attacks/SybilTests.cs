namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 7: the server fills the cohort with clients of its own.</summary>
public class SybilTests
{
    private const string Victim = "site-000";
    private static readonly string[] Sybils = [.. Enumerable.Range(21, 8).Select(i => $"sybil-{i:000}")];

    [Fact, Attack(AttackRow.Sybils, Outcome.SucceedsWeakened)]
    public void Where_the_server_says_who_is_a_member_the_sum_less_its_own_clients_is_the_victim()
    {
        // The victim is the product's own client: what is taken out is that members come from the signed study.
        var context = Consortium.Round(9, 7) with { Members = Members(Sybils.Append(Victim)) };
        var cohort = new Cohort(context, colluders: Sybils);
        var server = new MaliciousServer(cohort).Collect();
        server.Tell(_ => server.Without());
        server.Tell(_ => server.Proof(server.Without()));

        Assert.Empty(server.Refusals);
        var sum = server.Known.Read([.. cohort.Clients.Keys])!;
        Assert.Equal(
            cohort.Inputs[Victim], PlainVector.Difference(context, sum, cohort.SumOf(Sybils)));
    }

    [Theory, Attack(AttackRow.Sybils, Outcome.Fails)]
    [InlineData(true)]
    [InlineData(false)]
    public void Ours_know_their_members_from_the_study_and_refuse_a_stranger(bool product)
    {
        var context = Consortium.Round(9, 7);
        var cohort = new Cohort(context, Cohort.Whole(product));
        var server = new MaliciousServer(cohort).Advertise();
        var victim = server.Entries.Single(entry => entry.ClientId == Victim);
        server.Tell(id => id == Victim ? RosterOf([victim, .. Advertised(context, Sybils)]) : null);

        Assert.Empty(server.Answers);
        Assert.Equal(ClientRefusal.UnknownMember, server.Refusals[Victim]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sybil_under_the_name_of_a_member_lacks_its_signature(bool product)
    {
        var cohort = new Cohort(Consortium.Round(9, 7), Cohort.Whole(product));
        var server = new MaliciousServer(cohort).Advertise();
        var names = cohort.Clients.Keys.Where(id => id != Victim).ToList();
        var disguised = Advertised(cohort.Context, Sybils).Zip(names, (sybil, name) => sybil with { ClientId = name });
        var victim = server.Entries.Single(entry => entry.ClientId == Victim);
        server.Tell(id => id == Victim ? RosterOf([victim, .. disguised]) : null);

        Assert.Empty(server.Answers);
        Assert.Equal(ClientRefusal.BadAdvertisementSignature, server.Refusals[Victim]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void As_many_colluding_members_as_the_plan_withstands_leave_the_sum_of_the_honest(bool product)
    {
        string[] colluders = ["site-007", "site-008"];
        var context = Consortium.Round(Consortium.Parameters(37, 20, 9, 7, 2), 9);
        var cohort = new Cohort(context, Cohort.Whole(product), colluders);
        var server = new MaliciousServer(cohort).Collect();
        var list = server.Without("site-005", "site-006");
        server.Tell(id => list.Survivors.Contains(id) ? list : null);
        server.Tell(id => list.Survivors.Contains(id) ? server.Proof(list) : null);

        var honest = list.Survivors.Except(colluders).ToList();
        Assert.Equal(5, honest.Count);
        Assert.Equal(cohort.SumOf(honest), server.Known.Read(honest));
        foreach (var left in Subsets(honest)) Assert.Null(server.Known.Read(left));
    }

    private static RoundContext Open(RoundContext context) =>
        context with { Members = Members(Sybils.Append(Victim)) };

    private static Dictionary<string, byte[]> Members(IEnumerable<string> ids) =>
        ids.ToDictionary(id => id, id => Consortium.IdentityOf(id).ExportSubjectPublicKeyInfo());

    private static IEnumerable<RosterEntry> Advertised(RoundContext context, IEnumerable<string> ids) =>
        ids.Select((id, i) =>
        {
            var sybil = new WeakClient(Open(context), id, [], new SeededRandom(50 + i), Weakness.None);
            return new RosterEntry(id, (AdvertiseKeysMessage)sybil.Start()!);
        });

    private static Roster RosterOf(IEnumerable<RosterEntry> entries) => Roster.Complete(
        Consortium.Round(9, 7).ComputeHash(), [.. entries.OrderBy(e => e.ClientId, StringComparer.Ordinal)]);

    private static IEnumerable<string[]> Subsets(List<string> all) =>
        Enumerable.Range(1, (1 << all.Count) - 2).Select(set => all.Where((_, i) => (set >> i & 1) == 1).ToArray());
}
