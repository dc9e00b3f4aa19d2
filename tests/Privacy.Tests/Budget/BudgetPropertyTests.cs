using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Privacy.Tests.Budget;

/// <summary>
/// The promises of the filter over whole lives of a client. Costs are any mixture, whatever they stand for: rho of a
/// round, or R(a)/a of a sampled round at the budget's one order.
/// </summary>
public class BudgetPropertyTests
{
    private static readonly string[] Studies = ["heart", "lung", "unknown"];

    private static readonly BigInteger Most = BigInteger.One << 66;

    /// <summary>From one unit of 2^-64 to 4 rho, and the odd unit around powers of two.</summary>
    private static readonly Gen<Rho> Costs =
        from bits in Gen.Choose(0, 66)
        from low in Gen.Choose(0, 1000)
        from sign in Gen.Elements(-1, 1)
        select Rho.FromUnits(BigInteger.Max(1, (BigInteger.One << bits) + (sign * low)));

    private static readonly Arbitrary<(Rho Total, Rho Heart, Rho Lung, Move[] Moves)> Lives = (
        from total in Costs
        from heart in Costs
        from lung in Costs
        from moves in Gen.ArrayOf(
            from step in Gen.Elements(
                Step.Reserve, Step.Reserve, Step.Reserve, Step.Send, Step.Send, Step.DieBeforeSending, Step.Abort,
                Step.AbortTooLate, Step.Die)
            from study in Gen.Elements(Studies)
            from cost in Costs
            select new Move(step, study, cost))
        select (total, heart, lung, moves)).ToArbitrary();

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(400);

    [Fact]
    public void What_left_is_never_under_counted_and_never_passes_a_limit_wherever_the_client_dies() =>
        Prop.ForAll(Lives, life =>
        {
            var client = Client(life.Total, life.Heart, life.Lung);
            foreach (var move in life.Moves)
            {
                client.Do(move);
                foreach (var study in Studies)
                {
                    var left = client.Left.GetValueOrDefault(study);
                    Assert.True(client.Filter.Charged(study).Units >= left, $"{study} after {move}");
                    Assert.True(client.Filter.Charged(study) <= client.Filter.Limit(study), $"{study} after {move}");
                }

                var all = client.Left.Values.Aggregate(BigInteger.Zero, (a, b) => a + b);
                Assert.True(client.Filter.TotalCharged.Units >= all && client.Filter.TotalCharged <= life.Total);
            }
        }).Check(Many);

    [Fact]
    public void A_client_that_dies_after_every_single_entry_reads_back_at_least_what_had_left() =>
        Prop.ForAll(Lives, life =>
        {
            var client = Client(life.Total, life.Heart, life.Lung);
            foreach (var move in life.Moves) client.Do(move);
            for (var kept = 0; kept <= client.Written.Count; kept++)
            {
                var written = client.Written.Take(kept).ToList();
                var again = Client(life.Total, life.Heart, life.Lung, written);
                var sent = written.Where(entry => entry.Kind == BudgetEntryKind.Spend)
                    .Aggregate(BigInteger.Zero, (sum, entry) => sum + entry.Cost.Units);
                var begun = written.Count > 0 && written[^1] is { Kind: BudgetEntryKind.Reserve } open
                    ? open.Cost.Units : BigInteger.Zero;
                Assert.True(again.TotalCharged.Units >= sent + begun);
                Assert.True(again.TotalCharged <= life.Total);
            }
        }).Check(Many);

    [Fact]
    public void In_whatever_order_entries_stand_no_spend_is_lost() =>
        Prop.ForAll(
            (from life in Lives.Generator from seed in Gen.Choose(0, 1_000_000) select (life, seed)).ToArbitrary(),
            drawn =>
            {
                var client = Client(drawn.life.Total, drawn.life.Heart, drawn.life.Lung);
                foreach (var move in drawn.life.Moves) client.Do(move);
                var shuffled = client.Written.OrderBy(entry => (entry.Round * 7919 * (drawn.seed + 1)) % 10007)
                    .ThenBy(entry => ((int)entry.Kind + drawn.seed) % 3).ToList();
                var filter = Client(drawn.life.Total, drawn.life.Heart, drawn.life.Lung, shuffled);
                foreach (var study in Studies)
                {
                    var spent = client.Written.Where(e => e.Study == study && e.Kind == BudgetEntryKind.Spend)
                        .Aggregate(BigInteger.Zero, (sum, entry) => sum + entry.Cost.Units);
                    Assert.True(filter.Charged(study).Units >= spent, study);
                }
            }).Check(Many);

    [Fact]
    public void What_was_refused_for_a_limit_stays_refused_as_long_as_nothing_is_released() =>
        Prop.ForAll(Lives, life =>
        {
            var filter = Client(life.Total, life.Heart, life.Lung, []);
            Rho? refused = null;
            var round = 0L;
            foreach (var move in life.Moves.Where(move => move.Study == "heart"))
            {
                var decision = filter.CanReserve("heart", ++round, 1, move.Cost);
                if (refused is { } least && move.Cost >= least) Assert.NotEqual(BudgetDecision.Granted, decision);
                if (decision == BudgetDecision.Granted)
                    filter.Record(new(BudgetEntryKind.Reserve, "heart", round, 1, move.Cost));
                else if (refused is null || move.Cost < refused) refused = move.Cost;
            }
        }).Check(Many);

    [Fact]
    public void A_lower_limit_never_grants_what_a_higher_one_refuses() =>
        Prop.ForAll(Lives, Costs.ToArbitrary(), (life, less) =>
        {
            var client = Client(life.Total, life.Heart, life.Lung);
            foreach (var move in life.Moves) client.Do(move);
            foreach (var study in Studies)
            {
                foreach (var cost in life.Moves.Select(move => move.Cost))
                {
                    var wide = client.Filter.CanReserve(study, 1000, 1, cost);
                    foreach (var tight in new[]
                    {
                        Client(life.Total.Less(less), life.Heart, life.Lung, client.Written),
                        Client(life.Total, life.Heart.Less(less), life.Lung.Less(less), client.Written),
                    })
                    {
                        if (tight.CanReserve(study, 1000, 1, cost) == BudgetDecision.Granted)
                            Assert.Equal(BudgetDecision.Granted, wide);
                        Assert.True(tight.Remaining(study) <= client.Filter.Remaining(study));
                    }
                }
            }
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_last_unit_is_granted_and_one_more_is_not() =>
        Prop.ForAll(Lives, life =>
        {
            var client = Client(life.Total, life.Heart, life.Lung);
            foreach (var move in life.Moves) client.Do(move);
            foreach (var study in new[] { "heart", "lung" })
            {
                var rest = client.Filter.Remaining(study);
                Assert.Equal(BudgetDecision.Granted, client.Filter.CanReserve(study, 1000, 1, rest));
                Assert.NotEqual(
                    BudgetDecision.Granted, client.Filter.CanReserve(study, 1000, 1, rest + Rho.FromUnits(1)));
            }
        }).Check(Many);

    [Fact]
    public void However_small_a_cost_it_does_not_vanish_in_a_large_sum() =>
        Prop.ForAll(Costs.ToArbitrary(), Gen.Choose(1, 1074).ToArbitrary(), (spent, bits) =>
        {
            // 2^-1074 is the least floating-point number; as a double it would vanish beside any sum.
            var tiny = Rho.Ceiling(1, BigInteger.One << bits);
            Assert.True(tiny > Rho.Zero);
            var limit = new Dictionary<string, Rho> { ["heart"] = spent };
            var filter = new BudgetFilter(Rho.FromUnits(Most * 2), limit,
                [new(BudgetEntryKind.Spend, "heart", 1, 1, spent)]);
            Assert.Equal(BudgetDecision.StudyLimitExceeded, filter.CanReserve("heart", 2, 1, tiny));
            filter.Record(new(BudgetEntryKind.Spend, "heart", 2, 1, tiny));
            Assert.Equal(spent + tiny, filter.Charged("heart"));
            Assert.True(filter.Charged("heart") > spent);
        }).Check(Many);

    private static SimulatedClient Client(Rho total, Rho heart, Rho lung) => new(total, Limits(heart, lung));

    private static BudgetFilter Client(Rho total, Rho heart, Rho lung, IEnumerable<BudgetEntry> written) =>
        new(total, Limits(heart, lung), written);

    private static Dictionary<string, Rho> Limits(Rho heart, Rho lung) => new() { ["heart"] = heart, ["lung"] = lung };
}
