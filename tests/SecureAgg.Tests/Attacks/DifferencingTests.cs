using System.Numerics;
using FedMeta.Privacy;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Row 8: two rounds that differ by one client alone. Secure aggregation gives out both sums, and the
/// difference is that client's input. No protocol of this kind prevents it: what bounds it is the noise in every
/// input, drawn anew for every upload and paid for by every upload.</summary>
public class DifferencingTests
{
    private const string Victim = "site-003";
    private const int Members = 9;

    /// <summary>Members as in the round, a ring of 24 bits, 10 rounds, epsilon 8 for a whole site.</summary>
    private static readonly MechanismRequest Request =
        new(PrivacyUnit.Site, 1.0, 8, 1e-5, 10, Members, 7, 2, 1000, 24, 1);

    private static readonly MechanismPlan Plan = MechanismPlan.Derive(Request).Plan!;

    [Fact, Attack(AttackRow.Differencing, Outcome.SucceedsWeakened)]
    public void Without_noise_the_difference_of_two_sums_is_the_input_of_the_client_that_was_left_out()
    {
        var inputs = Bare();

        Assert.Equal(inputs[Victim], Difference(inputs, inputs));
    }

    [Fact, Attack(AttackRow.Differencing, Outcome.Fails)]
    public void With_the_study_s_noise_it_keeps_the_noise_of_both_sums_and_stays_within_what_was_accounted()
    {
        var inputs = Bare();
        var difference = Difference(Noisy(inputs, 1), Noisy(inputs, 2));
        var error = difference.Zip(inputs[Victim], (seen, own) =>
            (double)ModularRing.Recentre(ModularRing.Reduce((long)seen - own, 24), 24)).ToList();

        // Nine shares in the first sum and eight in the second. 1024 squares scatter by 4.4 %.
        var shares = error.Sum(e => e * e) / error.Count / (double)Plan.LocalVariance;
        Assert.InRange(shares, 17 * 0.8, 17 * 1.2);

        // The victim moves the first sum alone, by the sensitivity at most: what the difference tells of it, even where
        // the colluders take their own shares off, costs less than the two rounds were charged.
        var told = Rho.Ceiling(Plan.SensitivitySquared, 2 * (2 * Plan.HonestShares - 1) * Plan.LocalVariance);
        Assert.True(told <= Plan.PerRound.Times(2));
        Assert.True(Plan.PerRound.Times(2) <= Plan.Total);
    }

    [Fact]
    public void The_server_cannot_leave_out_more_than_the_plan_lets_vanish()
    {
        foreach (var product in new[] { true, false })
        {
            var cohort = new Cohort(Context(0), Cohort.Whole(product));
            var server = new MaliciousServer(cohort).Collect();
            var list = server.Without("site-000", "site-001", "site-002");
            server.Tell(id => list.Survivors.Contains(id) ? list : null);

            Assert.Empty(server.Answers);
            Assert.All(list.Survivors, id => Assert.Equal(ClientRefusal.TooFewSurvivors, server.Refusals[id]));
        }
    }

    [Fact]
    public void The_noise_that_colluders_do_not_know_is_enough_by_itself()
    {
        // t - c shares: two colluders' own are not among them.
        Assert.Equal(5, Plan.HonestShares);
        Assert.Empty(MechanismPlan.Verify(Request, Plan));
        var alone = Rho.Ceiling(Plan.SensitivitySquared, 2 * Plan.HonestShares * Plan.LocalVariance);
        Assert.True(alone <= Plan.PerRound);

        // One colluder more than the plan reckons with, and it would not be.
        var more = MechanismPlan.Derive(Request with { Colluders = 3 }).Plan!;
        Assert.NotEmpty(MechanismPlan.Verify(more.Request, Plan with { Request = more.Request }));
    }

    // What the server computes from an attempt with everyone and one in which it says that the victim was late.
    private static uint[] Difference(
        IReadOnlyDictionary<string, uint[]> first, IReadOnlyDictionary<string, uint[]> second)
    {
        var (everyone, others) = (Sum(first, 0), Sum(second, 1, Victim));
        return PlainVector.Difference(Context(0), everyone, others);
    }

    private static uint[] Sum(IReadOnlyDictionary<string, uint[]> inputs, int attempt, params string[] late)
    {
        var round = new Simulated(Context(attempt), seed: 8 + attempt);
        foreach (var (id, input) in inputs) input.CopyTo(round.Inputs[id][0].Narrow);
        round.FromClient = (id, message) =>
            late.Contains(id) && message.Phase == AggregationPhase.CollectMaskedInput ? null : message;
        round.ToTheEnd();
        Assert.Equal(round.Inputs.Keys.Except(late), round.Completed.Included);
        return round.Completed.Sum[0].Narrow.ToArray();
    }

    private static RoundContext Context(int attempt)
    {
        var parameters = Consortium.Parameters(
            Plan.PaddedDimension, Request.RingBits, Members, Request.Threshold, Request.Colluders);
        Assert.Empty(parameters.Validate());
        return Consortium.Round(parameters, Members) with { Id = new RoundId(7, attempt) };
    }

    // Small whole numbers well below the bound of the norm.
    private static Dictionary<string, uint[]> Bare()
    {
        var random = new SeededRandom(12);
        return Enumerable.Range(0, Members).Select(Consortium.Id).ToDictionary(id => id, _ => Enumerable
            .Range(0, Plan.PaddedDimension)
            .Select(_ => (uint)ModularRing.Reduce(random.Below(201) - 100, Request.RingBits))
            .ToArray());
    }

    private static Dictionary<string, uint[]> Noisy(IReadOnlyDictionary<string, uint[]> inputs, int upload) =>
        inputs.ToDictionary(each => each.Key, each =>
        {
            var noise = new long[Plan.PaddedDimension];
            var random = new SeededRandom((1000 * upload) + int.Parse(each.Key[^3..]));
            DiscreteGaussian.Fill(noise, Plan.LocalVariance, random);
            return each.Value.Zip(noise, (x, e) => (uint)ModularRing.Reduce(x + e, Request.RingBits)).ToArray();
        });
}
