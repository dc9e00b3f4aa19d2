namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 10: the upload of a client arrives after the server has had its mask key opened as that of a dropped
/// one (or arrived before, and the server says otherwise).</summary>
public class LateUploadTests
{
    private const string Victim = "site-005";

    [Fact, Attack(AttackRow.LateUpload, Outcome.SucceedsWeakened)]
    public void Under_the_peers_masks_alone_a_late_upload_is_read()
    {
        var (cohort, server, _) = Drop(Weakness.NoSelfMask);

        Assert.NotNull(server.Known.MaskKeyOf(Victim));
        Assert.Equal(cohort.Inputs[Victim], server.Known.Read(Victim));
    }

    [Theory, Attack(AttackRow.LateUpload, Outcome.Fails)]
    [InlineData(true)]
    [InlineData(false)]
    public void In_ours_the_self_mask_stays_on_it(bool product)
    {
        var (_, server, _) = Drop(Cohort.Whole(product));

        Assert.NotNull(server.Known.MaskKeyOf(Victim));
        Assert.Equal(0, server.Known.SeedSharesOf(Victim));
        Assert.Null(server.Known.Read(Victim));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_stays_on_it_is_the_self_mask_and_nothing_less(bool product)
    {
        var (cohort, server, seed) = Drop(Cohort.Whole(product));
        var left = server.Known.Uploaded(Victim).ToArray();
        var peers = cohort.Clients.Keys.Where(id => id != Victim);
        PlainVector.Apply(cohort.Context, left, peers.Select(peer => (
            server.Known.PairMask(Victim, peer)!,
            AgreedRoster.SignFor(Victim, peer) == MaskSign.Add ? MaskSign.Subtract : MaskSign.Add)));

        var masked = cohort.Inputs[Victim].ToArray();
        PlainVector.Apply(cohort.Context, masked, [(seed, MaskSign.Add)]);
        Assert.Equal(masked, left);
    }

    [Fact]
    public void The_product_s_server_takes_nothing_after_it_announced_the_survivors()
    {
        var round = new Simulated(Consortium.Round(6, 4));
        ClientMessage? late = null;
        round.FromClient = (id, message) =>
        {
            if (id != Victim || message.Phase != AggregationPhase.CollectMaskedInput) return message;
            late = message;
            return null;
        };
        round.Until(AggregationPhase.CheckConsistency);

        Assert.Equal(ServerRefusal.PhaseClosed, round.Server.Receive(Victim, late!));
        round.ToTheEnd();
        Assert.Equal(ServerRefusal.RoundEnded, round.Server.Receive(Victim, late!));
        Assert.DoesNotContain(Victim, round.Completed.Included);
    }

    private static (Cohort Cohort, MaliciousServer Server, byte[] Seed) Drop(Weakness? weakness)
    {
        var cohort = new Cohort(Consortium.Round(6, 4), weakness);
        var server = new MaliciousServer(cohort).Advertise();
        var (seed, _) = cohort.SecretsOf(Victim);
        server.CollectAdvertised();
        var list = server.Without(Victim);
        server.Tell(id => id == Victim ? null : list);
        server.Tell(id => id == Victim ? null : server.Proof(list));
        Assert.Empty(server.Refusals);
        return (cohort, server, seed);
    }
}
