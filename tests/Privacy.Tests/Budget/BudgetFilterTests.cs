using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Privacy.Tests.Budget;

public class BudgetFilterTests
{
    private static readonly IReadOnlyDictionary<string, Rho> Limits = new Dictionary<string, Rho>
    {
        ["heart"] = Rho.FromUnits(100),
        ["lung"] = Rho.FromUnits(50),
    };

    private static readonly Arbitrary<BudgetEntry[]> Histories = Gen.ArrayOf(
        from kind in Gen.Elements(BudgetEntryKind.Reserve, BudgetEntryKind.Spend, BudgetEntryKind.Abort)
        from study in Gen.Elements("heart", "lung", "unknown")
        from round in Gen.Choose(1, 3)
        from attempt in Gen.Choose(1, 2)
        from cost in Gen.Choose(0, 40)
        select new BudgetEntry(kind, study, round, attempt, Rho.FromUnits(cost))).ToArbitrary();

    [Fact]
    public void The_running_sums_equal_a_slow_reference_that_reads_all_entries_anew() =>
        Prop.ForAll(Histories, entries =>
        {
            var filter = Filter(entries);
            foreach (var study in new[] { "heart", "lung", "unknown" })
                Assert.Equal(Reference(entries, study), filter.Charged(study).Units);
            Assert.Equal(Reference(entries, null), filter.TotalCharged.Units);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_spent_is_never_under_counted() =>
        Prop.ForAll(Histories, entries =>
        {
            var filter = Filter(entries);
            BigInteger sent = 0;
            foreach (var entry in entries.Where(entry => entry.Kind == BudgetEntryKind.Spend)) sent += entry.Cost.Units;
            Assert.True(filter.TotalCharged.Units >= sent);
            Assert.True(filter.TotalCharged.Units >= filter.Reserved("heart").Units + filter.Reserved("lung").Units);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_an_abort_of_an_unspent_reservation_lowers_the_charge() =>
        Prop.ForAll(Histories, entries =>
        {
            var filter = Filter([]);
            foreach (var entry in entries)
            {
                var before = filter.TotalCharged;
                filter.Record(entry);
                var releases = entry.Kind == BudgetEntryKind.Abort;
                Assert.True(filter.TotalCharged >= before || releases);
                if (entry.Kind == BudgetEntryKind.Spend) Assert.True(filter.TotalCharged >= before);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_filter_that_is_asked_first_never_passes_its_limits() =>
        Prop.ForAll(Histories, entries =>
        {
            var filter = Filter([]);
            foreach (var entry in entries.Where(entry => entry.Kind == BudgetEntryKind.Reserve))
            {
                var decision = filter.CanReserve(entry.Study, entry.Round, entry.Attempt, entry.Cost);
                if (decision != BudgetDecision.Granted) continue;
                filter.Record(entry);
                filter.Record(entry with { Kind = BudgetEntryKind.Spend });
            }

            Assert.True(filter.TotalCharged <= filter.TotalLimit);
            Assert.True(filter.Charged("heart") <= Limits["heart"] && filter.Charged("lung") <= Limits["lung"]);
            Assert.Equal(Rho.Zero, filter.Charged("unknown"));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_reservation_that_a_crash_left_behind_counts_as_spent()
    {
        var filter = Filter([Entry(BudgetEntryKind.Reserve, 1, 60)]);
        Assert.Equal(Rho.FromUnits(60), filter.Charged("heart"));
        Assert.Equal(BudgetDecision.AlreadyRecorded, filter.CanReserve("heart", 1, 1, Rho.FromUnits(1)));
        Assert.Equal(BudgetDecision.StudyLimitExceeded, filter.CanReserve("heart", 2, 1, Rho.FromUnits(41)));
        Assert.Equal(BudgetDecision.Granted, filter.CanReserve("heart", 2, 1, Rho.FromUnits(40)));
    }

    [Fact]
    public void An_abort_before_sending_releases_and_one_after_does_not()
    {
        var reserve = Entry(BudgetEntryKind.Reserve, 1, 60);
        var abort = Entry(BudgetEntryKind.Abort, 1, 0);
        Assert.Equal(Rho.Zero, Filter([reserve, abort]).Charged("heart"));
        Assert.Equal(Rho.FromUnits(60), Filter([reserve, Entry(BudgetEntryKind.Spend, 1, 60), abort]).Charged("heart"));
    }

    [Fact]
    public void A_spend_below_its_reservation_gives_nothing_back()
    {
        var filter = Filter([Entry(BudgetEntryKind.Reserve, 1, 60), Entry(BudgetEntryKind.Spend, 1, 10)]);
        Assert.Equal(Rho.FromUnits(60), filter.Charged("heart"));
        Assert.Equal(Rho.Zero, filter.Reserved("heart"));
    }

    [Fact]
    public void The_total_limits_studies_together_and_strangers_get_nothing()
    {
        var filter = Filter([Entry(BudgetEntryKind.Reserve, 1, 90)]);
        Assert.Equal(BudgetDecision.TotalLimitExceeded, filter.CanReserve("lung", 1, 1, Rho.FromUnits(31)));
        Assert.Equal(BudgetDecision.Granted, filter.CanReserve("lung", 1, 1, Rho.FromUnits(30)));
        Assert.Equal(Rho.FromUnits(30), filter.Remaining("lung"));
        Assert.Equal(Rho.FromUnits(10), filter.Remaining("heart"));
        Assert.Equal(BudgetDecision.UnknownStudy, filter.CanReserve("liver", 1, 1, Rho.Zero));
    }

    [Fact]
    public void A_subnormal_spend_after_exhaustion_still_counts()
    {
        var filter = Filter([Entry(BudgetEntryKind.Spend, 1, 100)]);
        Assert.Equal(
            BudgetDecision.StudyLimitExceeded,
            filter.CanReserve("heart", 2, 1, Rho.Ceiling(1, BigInteger.One << 1074)));
    }

    private static BudgetFilter Filter(IEnumerable<BudgetEntry> entries) => new(Rho.FromUnits(120), Limits, entries);

    private static BudgetEntry Entry(BudgetEntryKind kind, long round, int units) =>
        new(kind, "heart", round, 1, Rho.FromUnits(units));

    /// <summary>
    /// Attempt by attempt: before its first spend, the reservations since the last abort; from then on, the larger of
    /// each spend and what stood reserved when it came, and every later reservation that no spend has taken up.
    /// </summary>
    private static BigInteger Reference(BudgetEntry[] entries, string? study)
    {
        BigInteger total = 0;
        foreach (var attempt in entries.Where(e => study is null || e.Study == study)
            .GroupBy(e => (e.Study, e.Round, e.Attempt)))
        {
            var lines = attempt.ToArray();
            var firstSpend = Array.FindIndex(lines, e => e.Kind == BudgetEntryKind.Spend);
            var end = firstSpend < 0 ? lines.Length : firstSpend;
            var lastAbort = Array.FindLastIndex(lines, end - 1 < 0 ? 0 : end - 1, end, e =>
                e.Kind == BudgetEntryKind.Abort);
            BigInteger open = 0;
            for (var j = lastAbort + 1; j < lines.Length; j++)
            {
                if (lines[j].Kind == BudgetEntryKind.Reserve) open += lines[j].Cost.Units;
                if (lines[j].Kind != BudgetEntryKind.Spend) continue;
                total += BigInteger.Max(open, lines[j].Cost.Units);
                open = 0;
            }

            total += open;
        }

        return total;
    }
}
