using System.Buffers.Binary;
using System.Numerics;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 11: a client opens shares that lead to another possible secret, so that a wrong mask is taken off the
/// sum.</summary>
public class BadShareTests
{
    private const string Liar = "site-002";
    private static readonly BigInteger Growth = 1 << 20;

    [Fact, Attack(AttackRow.BadShare, Outcome.SucceedsWeakened)]
    public void Where_secrets_are_not_proved_the_sum_is_wrong_by_what_the_liar_chose_and_nobody_sees_it()
    {
        var cohort = new Cohort(Round(), Weakness.UnverifiedSecrets);
        var server = new MaliciousServer(cohort) { Lies = Lie }.Collect();
        server.Tell(_ => server.Without());
        server.Tell(_ => server.Proof(server.Without()));
        var sum = server.Known.Read([.. cohort.Clients.Keys]);

        // Each seed came out 2^20 greater in its first limb, each self mask was replaced.
        var expected = cohort.SumOf(cohort.Clients.Keys);
        var seeds = cohort.Clients.Values.Cast<WeakClient>().Select(client => client.Seed).ToList();
        PlainVector.Apply(cohort.Context, expected, seeds.Select(seed => (seed, MaskSign.Add)));
        PlainVector.Apply(cohort.Context, expected, seeds.Select(seed => (Grown(seed), MaskSign.Subtract)));
        Assert.Equal(expected, sum);
        Assert.NotEqual(cohort.SumOf(cohort.Clients.Keys), sum);
    }

    [Fact, Attack(AttackRow.BadShare, Outcome.Fails)]
    public void Ours_proves_every_secret_so_that_the_sum_is_exact_and_the_liar_named()
    {
        var round = new Simulated(Round()) { FromClient = Lie };
        round.ToTheEnd();

        round.AssertExact(round.Inputs.Keys);
        Assert.Equal([Liar], round.Completed.Culprits);
        Assert.All(round.Completed.Conflicts, each => Assert.Equal(Liar, each.Holder));
    }

    [Fact]
    public void Where_no_share_is_to_spare_ours_ends_the_round_rather_than_spoil_the_sum()
    {
        // Three clients vanish before they open: six shares of each seed are left, one of them the liar's.
        string[] gone = ["site-006", "site-007", "site-008"];
        var round = new Simulated(Round())
        {
            FromClient = (id, message) => message is UnmaskShares && gone.Contains(id) ? null : Lie(id, message),
        };
        round.ToTheEnd();

        Assert.Equal(AbortReason.SecretNotRecovered, round.Aborted.Reason);
        Assert.Equal(round.Inputs.Keys, round.Aborted.Clients);
    }

    private static RoundContext Round() => Consortium.Round(Consortium.Parameters(37, 20, 9, 6, 1), 9);

    private static ClientMessage Lie(string id, ClientMessage message) => id == Liar && message is UnmaskShares opened
        ? LyingHolder.Move(opened, 3, [1, 2, 3, 4, 5, 6], Growth)
        : message;

    private static byte[] Grown(byte[] seed)
    {
        var grown = seed.ToArray();
        var limb = BinaryPrimitives.ReadUInt64LittleEndian(grown) & ((1UL << 56) - 1);
        Assert.True(limb + (ulong)Growth < 1UL << 56);
        BinaryPrimitives.WriteUInt64LittleEndian(grown, BinaryPrimitives.ReadUInt64LittleEndian(grown) + (ulong)Growth);
        return grown;
    }
}
