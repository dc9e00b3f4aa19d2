using FedMeta.Privacy;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 14: more clients than the ring was made for. Each entry lies in -50..50 and is sent as
/// 0..100.</summary>
public class RingOverflowTests
{
    private const int Members = 5;
    private const int Bound = 50;

    [Fact, Attack(AttackRow.RingOverflow, Outcome.SucceedsWeakened)]
    public void Without_the_budget_a_sum_wraps_and_nothing_shows_it()
    {
        var sum = Sum(8);

        // Five times 100 is 500; the ring of 8 bits says 244.
        Assert.All(sum, entry => Assert.Equal(500u - 256, entry));
    }

    [Fact, Attack(AttackRow.RingOverflow, Outcome.Fails)]
    public void With_it_such_a_plan_is_refused_and_the_narrowest_that_fits_is_exact()
    {
        Assert.False(RingBudget.Fits(Members, Bound, 0, 8));
        Assert.Equal(9, RingBudget.NarrowestRing(Members, Bound, 0));
        Assert.All(Sum(9), entry => Assert.Equal(500u, entry));
    }

    [Fact]
    public void Every_sum_within_a_ring_that_fits_is_exact_and_one_client_more_than_fits_is_refused()
    {
        for (var bits = 8; bits <= 16; bits++)
        {
            var most = (1 << bits) / ((2 * Bound) + 1);
            Assert.True(RingBudget.Fits(most, Bound, 0, bits));
            Assert.True(most * 2 * Bound <= RingPacking.Mask(bits));
            Assert.False(RingBudget.Fits(most + 1, Bound, 0, bits));
        }
    }

    [Fact]
    public void A_study_s_mechanism_is_refused_by_whoever_derives_or_verifies_it()
    {
        // The server derives the plan, every client derives it again: n K B and eight deviations in half the ring.
        var request = new MechanismRequest(PrivacyUnit.Site, 1.0, 8, 1e-5, 10, 9, 7, 2, 1000, 24, 1);
        var plan = MechanismPlan.Derive(request).Plan!;
        Assert.Empty(MechanismPlan.Verify(request, plan));

        var more = request with { MaxClients = 9 * 1024 };
        Assert.Contains(
            MechanismPlan.Verify(more, plan with { Request = more }), problem => problem.Contains("24 ring bits"));
        var tooMany = MechanismPlan.Derive(request with { RingBits = 16, MaxClients = 100_000 });
        Assert.Null(tooMany.Plan);
        Assert.Contains(tooMany.Problems, problem => problem.Contains("16 ring bits"));
    }

    private static uint[] Sum(int bits)
    {
        var round = new Simulated(Consortium.Round(Members, 4, 37, bits));
        foreach (var input in round.Inputs.Values) input[0].Narrow.Fill(2 * Bound);
        round.ToTheEnd();
        Assert.Empty(round.ClientRefusals);
        return round.Completed.Sum[0].Narrow.ToArray();
    }
}
