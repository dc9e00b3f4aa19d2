using System.Numerics;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 6: masks from a generator with a small seed are found by trying all seeds. Three of five clients
/// collude, so that one unknown mask is left on the victim's upload.</summary>
public class WeakGeneratorTests
{
    private const string Victim = "site-000";
    private const string Peer = "site-001";
    private const uint Bound = 200;
    private static readonly string[] Colluders = ["site-002", "site-003", "site-004"];

    [Fact, Attack(AttackRow.WeakGenerator, Outcome.SucceedsWeakened)]
    public void A_folded_seed_is_searched_and_the_victim_is_read_alone()
    {
        var (cohort, residual) = Play(Weakness.WeakGenerator);

        Assert.Equal(cohort.Inputs[Victim], Search(cohort.Context, residual));
    }

    [Theory, Attack(AttackRow.WeakGenerator, Outcome.Fails)]
    [InlineData(true)]
    [InlineData(false)]
    public void Ours_are_not_among_the_seeds_that_can_be_searched(bool product)
    {
        var (cohort, residual) = Play(Cohort.Whole(product));

        Assert.Null(Search(cohort.Context, residual));
    }

    [Fact]
    public void All_256_bits_of_a_key_go_into_its_stream()
    {
        var key = new SeededRandom(6).Bytes(32);
        var stream = Stream(key);
        for (var bit = 0; bit < 256; bit++)
        {
            var other = key.ToArray();
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            var different = stream.Zip(Stream(other), (a, b) => BitOperations.PopCount(a ^ b)).Sum();

            // 4096 fair coins: 2048 and six and a half deviations of 32.
            Assert.InRange(different, 2048 - 208, 2048 + 208);
        }
    }

    [Fact]
    public void The_stream_of_the_zero_key_begins_with_the_known_block()
    {
        // AES-256 of the zero block under the zero key.
        var expected = Convert.FromHexString("DC95C078A2408989AD48A21492842087");
        var words = Enumerable.Range(0, 4).Select(i => BitConverter.ToUInt32(expected, 4 * i));
        Assert.Equal(words, Stream(new byte[32]).Take(4));
    }

    // What is left on the victim's upload when all that server and colluders know is taken off: the mask with the peer.
    private static (Cohort Cohort, uint[] Residual) Play(Weakness? weakness)
    {
        var context = Consortium.Round(Consortium.Parameters(37, 20, 5, 5, 3, 2), 5);
        Assert.Empty(context.Validate());
        var cohort = new Cohort(context, weakness, Colluders);
        foreach (ref var entry in cohort.Inputs[Victim].AsSpan()) entry %= Bound + 1;
        var server = new MaliciousServer(cohort).Collect();
        server.Tell(_ => server.Without());
        server.Tell(_ => server.Proof(server.Without()));
        Assert.Null(server.Known.Read(Victim));
        return (cohort, server.Known.Read([Victim], apartFrom: [Peer])!);
    }

    private static uint[]? Search(RoundContext context, uint[] residual) =>
        FoldedKey.Search(context, residual, AgreedRoster.SignFor(Victim, Peer), Bound);

    private static uint[] Stream(byte[] key)
    {
        var words = new uint[128];
        PlainVector.Apply(32, words, [(key, MaskSign.Add)]);
        return words;
    }
}
