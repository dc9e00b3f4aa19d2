using System.Security.Cryptography;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 5: everyone but the victim gets a model that is made to give no update (a dead one), so that the sum is
/// the victim's update, however many take part.</summary>
public class InconsistentModelTests
{
    private const string Victim = "site-004";
    private static readonly byte[] Dead = SHA256.HashData("a model whose gradient is zero"u8);

    [Fact, Attack(AttackRow.InconsistentModels, Outcome.SucceedsWeakened)]
    public void Where_keys_do_not_depend_on_the_model_the_sum_is_the_victim_s_update()
    {
        var cohort = WithTwoModels(Weakness.NoModelHash);
        var server = new MaliciousServer(cohort).Collect();
        server.Tell(_ => server.Without());
        server.Tell(_ => server.Proof(server.Without()));

        Assert.Empty(server.Refusals);
        Assert.Equal(cohort.Inputs[Victim], server.Known.Read([.. cohort.Clients.Keys]));
    }

    [Theory, Attack(AttackRow.InconsistentModels, Outcome.Fails)]
    [InlineData(true)]
    [InlineData(false)]
    public void Ours_do_not_share_with_clients_of_another_model(bool product)
    {
        var cohort = WithTwoModels(Cohort.Whole(product));
        var server = new MaliciousServer(cohort).Advertise();

        // Each hears of the model that it knows.
        server.Tell(id => server.Roster with { ContextHash = Shown(id).ComputeHash() });
        Assert.Empty(server.Answers);
        Assert.All(
            cohort.Clients.Keys, id => Assert.Equal(ClientRefusal.BadAdvertisementSignature, server.Refusals[id]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_server_that_says_one_model_to_all_is_refused_by_those_that_got_another(bool product)
    {
        var cohort = WithTwoModels(Cohort.Whole(product));
        var server = new MaliciousServer(cohort).Advertise();
        server.Tell(_ => server.Roster);

        Assert.Empty(server.Answers);
        Assert.Equal(ClientRefusal.BadAdvertisementSignature, server.Refusals[Victim]);
        Assert.All(
            cohort.Clients.Keys.Where(id => id != Victim),
            id => Assert.Equal(ClientRefusal.ContextDiffers, server.Refusals[id]));
    }

    private static Cohort WithTwoModels(Weakness? weakness)
    {
        var cohort = new Cohort(Consortium.Round(6, 4), weakness, shown: Shown);
        foreach (var (id, input) in cohort.Inputs)
        {
            if (id != Victim) input.AsSpan().Clear();
        }

        return cohort;
    }

    private static RoundContext Shown(string id)
    {
        var context = Consortium.Round(6, 4);
        return id == Victim ? context : context with { ModelHash = Dead };
    }
}
