using FedMeta.Client.Budget;
using FedMeta.Client.Ledger;
using FedMeta.Client.Policy;
using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Budget;

public sealed class HospitalBudgetTests : IDisposable
{
    private static readonly string Study = new('5', 64), Other = new('6', 64);
    private static readonly Sha256Digest Model = Sha256Digest.Of("model"u8), Message = Sha256Digest.Of("message"u8);
    private static readonly EffectiveLimits Limits = new(Rho.FromUnits(30), Rho.FromUnits(45), 5, 20, 3, 1);

    private readonly TemporaryFolder _folder = new();
    private readonly Identity _identity = Identity.Create();

    public void Dispose()
    {
        _folder.Dispose();
        _identity.Dispose();
    }

    private HospitalJournal Open() => HospitalJournal.Open(_folder.Path, "seoul", TimeProvider.System);

    private void Decide(HospitalJournal journal, string study, bool approve)
    {
        journal.Record(FactTypes.Decided, new StudyDecided(study, "s", approve, "", "", 0, "", ""),
            FactShapes.Default.StudyDecided);
        Assert.True(Sha256Digest.TryParse(study, out var hash));
        if (approve) Budget(journal).Grant(hash, Terms(Cost(1)), Model);
    }

    [Fact]
    public void An_approval_without_its_grant_reserves_nothing_and_a_grant_is_entered_once()
    {
        using var journal = Open();
        Assert.True(Sha256Digest.TryParse(Study, out var hash));
        var budget = Budget(journal);
        budget.Grant(hash, Terms(Cost(1)), Model);
        Assert.Empty(journal.Records());
        journal.Record(FactTypes.Decided, new StudyDecided(Study, "s", true, "", "", 0, "", ""),
            FactShapes.Default.StudyDecided);
        Assert.Equal(ReserveOutcome.NotApproved, Reserve(journal, Cost(1)));
        budget.Grant(hash, Terms(Cost(1)), Model);
        budget.Grant(hash, Terms(Cost(1)), Model);
        Assert.Equal([FactTypes.Decided, FactTypes.Grant], journal.Records().Select(record => record.Type));
        Assert.Equal(ReserveOutcome.Reserved, Reserve(journal, Cost(1)));
    }

    private static RoundCost Cost(uint round, uint attempt = 1, string? study = null, int units = 10) =>
        new(study ?? Study, round, attempt, Rho.FromUnits(units), Rho.FromUnits(units));

    private HospitalBudget Budget(HospitalJournal journal) =>
        new(journal, new EntryWriter(_identity, "seoul", TimeProvider.System));

    private ReserveOutcome Reserve(HospitalJournal journal, RoundCost cost) =>
        Budget(journal).Reserve(cost, Terms(cost), Limits, Model, 7);

    private static LedgerTerms Terms(RoundCost cost) => new("patient", "task-gradient", "zero-out", ExactFraction.One,
        ExactFraction.One, 1, 32, 256, 5, 4, 1, "none", ExactFraction.One, 0, cost.Rho.Units, 30);

    [Fact]
    public void A_study_that_is_not_approved_reserves_nothing()
    {
        using var journal = Open();
        Assert.Equal(ReserveOutcome.NotApproved, Reserve(journal, Cost(1)));
        Decide(journal, Study, approve: false);
        Assert.Equal(ReserveOutcome.NotApproved, Reserve(journal, Cost(1)));
        Decide(journal, Study, approve: true);
        Assert.Equal(ReserveOutcome.Reserved, Reserve(journal, Cost(1)));
        Decide(journal, Study, approve: false);
        Assert.Equal(ReserveOutcome.NotApproved, Reserve(journal, Cost(2)));
    }

    [Fact]
    public void The_round_beyond_the_studys_limit_is_refused()
    {
        using var journal = Open();
        Decide(journal, Study, true);
        for (uint round = 1; round <= 3; round++) Assert.Equal(ReserveOutcome.Reserved, Reserve(journal, Cost(round)));
        Assert.Equal(ReserveOutcome.StudyExhausted, Reserve(journal, Cost(4)));
        Assert.Equal(ReserveOutcome.StudyExhausted, Reserve(journal, Cost(4, units: 1)));
    }

    [Fact]
    public void The_total_holds_over_all_studies()
    {
        using var journal = Open();
        Decide(journal, Study, true);
        Decide(journal, Other, true);
        for (uint round = 1; round <= 3; round++) Reserve(journal, Cost(round));
        Assert.Equal(ReserveOutcome.Reserved, Reserve(journal, Cost(1, study: Other)));
        Assert.Equal(ReserveOutcome.TotalExhausted, Reserve(journal, Cost(2, study: Other)));
        Assert.Equal(ReserveOutcome.Reserved, Reserve(journal, Cost(2, study: Other, units: 5)));
    }

    [Fact]
    public void An_attempt_is_never_begun_twice_nor_after_a_later_one_even_when_it_was_aborted()
    {
        using var journal = Open();
        Decide(journal, Study, true);
        Reserve(journal, Cost(2, 2, units: 1));
        Budget(journal).Abort(Cost(2, 2), "test");
        Assert.Equal(ReserveOutcome.RoundUsed, Reserve(journal, Cost(2, 2, units: 1)));
        Assert.Equal(ReserveOutcome.RoundUsed, Reserve(journal, Cost(2, 1, units: 1)));
        Assert.Equal(ReserveOutcome.RoundUsed, Reserve(journal, Cost(1, 3, units: 1)));
        Assert.Equal(ReserveOutcome.Reserved, Reserve(journal, Cost(2, 3, units: 1)));
    }

    [Fact]
    public void An_abort_releases_what_was_not_spent_and_nothing_else()
    {
        using var journal = Open();
        var budget = Budget(journal);
        Decide(journal, Study, true);
        Reserve(journal, Cost(1));
        budget.Abort(Cost(1), "test");
        Assert.Equal(Rho.Zero, HospitalBudget.Standing(journal, Study, Limits).Study);
        Reserve(journal, Cost(2));
        budget.Spend(Cost(2), Message);
        budget.Abort(Cost(2), "test");
        Assert.Equal(Rho.FromUnits(10), HospitalBudget.Standing(journal, Study, Limits).Study);
        Assert.Equal(Rho.FromUnits(10), HospitalBudget.Standing(journal, Study, Limits).StudyRho);
    }

    [Fact]
    public void A_spend_without_a_reserve_and_a_second_spend_are_defects()
    {
        using var journal = Open();
        var budget = Budget(journal);
        Decide(journal, Study, true);
        Assert.Throws<InvalidOperationException>(() => budget.Spend(Cost(1), Message));
        Reserve(journal, Cost(1));
        budget.Spend(Cost(1), Message);
        Assert.Throws<InvalidOperationException>(() => budget.Spend(Cost(1), Message));
    }

    /// <summary>
    /// The process is killed after each record in turn: the journal is cut there, a new process opens it and the server
    /// starts every round over again. What the first process had done is compared with what the second one believes.
    /// </summary>
    [Fact]
    public void A_crash_at_any_record_never_counts_too_little_and_never_repeats_a_round()
    {
        using (var journal = Open())
        {
            var budget = Budget(journal);
            Decide(journal, Study, true);
            Reserve(journal, Cost(1));
            budget.Spend(Cost(1), Message);
            Reserve(journal, Cost(2));
            budget.Abort(Cost(2), "server-aborted");
            Reserve(journal, Cost(2, 2));
            budget.Spend(Cost(2, 2), Message);
        }

        var file = Assert.Single(Directory.GetFiles(_folder.Path, "*.jsonl"));
        var lines = File.ReadAllLines(file);
        for (var kept = 0; kept <= lines.Length; kept++)
        {
            using var crashed = new TemporaryFolder();
            File.WriteAllText(Path.Combine(crashed.Path, Path.GetFileName(file)),
                string.Concat(lines.Take(kept).Select(line => line + "\n")));
            using var journal = HospitalJournal.Open(crashed.Path, "seoul", TimeProvider.System);
            var begun = lines.Take(kept).Count(line => line.Contains("\"budget.reserve\"", StringComparison.Ordinal));
            var released = lines.Take(kept).Count(line => line.Contains("\"budget.abort\"", StringComparison.Ordinal));
            Assert.Equal(Rho.FromUnits(10 * (begun - released)), HospitalBudget.Standing(journal, Study, Limits).Study);
            if (kept < 2) continue; // neither decided nor granted
            (uint, uint)[] attempts = [(1, 1), (2, 1), (2, 2)];
            foreach (var (round, attempt) in attempts.Take(begun))
                Assert.Equal(ReserveOutcome.RoundUsed, Reserve(journal, Cost(round, attempt, units: 1)));
        }
    }
}
