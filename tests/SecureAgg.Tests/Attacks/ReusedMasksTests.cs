namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 4: two inputs under the same masks differ by the difference of the inputs.</summary>
public class ReusedMasksTests
{
    private const string Victim = "site-001";

    [Fact, Attack(AttackRow.ReusedMasks, Outcome.SucceedsWeakened)]
    public void Two_uploads_under_one_set_of_masks_give_the_difference_of_the_inputs()
    {
        var (cohort, server, first) = Twice(Weakness.ReusesMasks);

        var difference = PlainVector.Difference(cohort.Context, first, server.Known.Uploaded(Victim));
        var expected = PlainVector.Difference(cohort.Context, cohort.Inputs[Victim], cohort.SecondInputs[Victim]);
        Assert.Equal(expected, difference);
        Assert.Contains(difference, entry => entry != 0);
    }

    [Theory, Attack(AttackRow.ReusedMasks, Outcome.Fails)]
    [InlineData(true)]
    [InlineData(false)]
    public void Ours_mask_once(bool product)
    {
        var (_, server, first) = Twice(Cohort.Whole(product));

        Assert.Equal(ClientRefusal.MessageRepeated, server.Refusals[Victim]);
        Assert.Empty(server.Answers);
        Assert.Equal(first, server.Known.Uploaded(Victim));
    }

    [Fact]
    public void A_round_whose_keys_were_made_once_is_refused_after_a_restart()
    {
        var context = Consortium.Round(6, 4);
        foreach (var (round, attempt) in new[] { (7L, 0), (7L, 1), (8L, 0) })
        {
            var again = new HonestClient(
                context,
                Victim,
                PlainVector.Random(context, new SeededRandom(3)),
                new SeededRandom(4),
                new RoundId(round, attempt));

            Assert.Null(again.Start());
            Assert.Equal(ClientRefusal.RoundAlreadyUsed, again.Refusal);
        }
    }

    [Fact]
    public void Even_from_a_generator_that_repeats_itself_another_attempt_has_other_masks()
    {
        // Equal inputs and equal secrets: only the context tells the two attempts apart.
        var context = Consortium.Round(6, 4);
        var first = new Cohort(context);
        var second = new Cohort(context with { Id = new RoundId(7, 1) });
        Assert.Equal(first.Inputs[Victim], second.Inputs[Victim]);
        var (before, after) = (new MaliciousServer(first).Collect(), new MaliciousServer(second).Collect());
        Assert.Equal(MaskKeyIn(before), MaskKeyIn(after));

        var difference = PlainVector.Difference(
            context, before.Known.Uploaded(Victim), after.Known.Uploaded(Victim));
        Assert.DoesNotContain(0u, difference);

        static byte[] MaskKeyIn(MaliciousServer server) => server.Agreed.Agreed.KeysOf(Victim).MaskPublicKey.ToArray();
    }

    private static (Cohort Cohort, MaliciousServer Server, uint[] First) Twice(Weakness? weakness)
    {
        var cohort = new Cohort(Consortium.Round(6, 4), weakness);
        var server = new MaliciousServer(cohort).Collect();
        var first = server.Known.Uploaded(Victim);
        server.Tell(id => id == Victim ? server.SharesFor(id) : null);
        return (cohort, server, first);
    }
}
