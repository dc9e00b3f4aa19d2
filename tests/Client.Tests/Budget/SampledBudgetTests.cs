using FedMeta.Client.Budget;
using FedMeta.Client.Ledger;
using FedMeta.Client.Policy;
using FedMeta.Client.Studies;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Budget;

/// <summary>A budget that studies with and without sampling share.</summary>
public sealed class SampledBudgetTests : IDisposable
{
    private static readonly HospitalPolicy Policy = new();

    private readonly TemporaryFolder _folder = new();
    private readonly List<Identity> _keys = [.. Enumerable.Range(0, 5).Select(_ => Identity.Create())];
    private readonly VerifiedStudy _sampled, _whole;

    public SampledBudgetTests() => (_sampled, _whole) = (Study(TestStudy.Sampled), Study(TestStudy.Draft));

    public void Dispose()
    {
        _keys.ForEach(key => key.Dispose());
        _folder.Dispose();
    }

    [Fact]
    public void Studies_that_do_not_sample_open_no_books_and_cost_what_they_always_did()
    {
        using var journal = Open();
        Assert.Equal(ReserveOutcome.Reserved, Reserve(journal, _whole, 1));
        Assert.Null(journal.Ask(state => state.Order));
        Assert.DoesNotContain(FactTypes.Opened, journal.Records().Select(record => record.Type));
        Assert.Equal(ZeroConcentratedDp.LargestRho(Policy.MaxEpsilonTotal, Policy.Delta), Limits(_whole).TotalBudget);
        var standing = HospitalBudget.Standing(journal, _whole.Hash, Limits(_whole));
        Assert.Equal(_whole.Mechanism.PerRound, standing.Total);
    }

    [Fact]
    public void The_order_of_the_books_is_on_disk_before_the_first_sampled_attempt_is_and_nothing_is_lost_by_it()
    {
        using var journal = Open();
        Assert.Equal(ReserveOutcome.Reserved, Reserve(journal, _whole, 1));
        Assert.Equal(ReserveOutcome.Reserved, Reserve(journal, _sampled, 1));
        Assert.Equal(ReserveOutcome.Reserved, Reserve(journal, _sampled, 2));
        Assert.Equal(
            [FactTypes.Reserve, FactTypes.Opened, FactTypes.Reserve, FactTypes.Reserve],
            journal.Records().Select(record => record.Type)
                .Where(type => type.StartsWith("budget", StringComparison.Ordinal)));
        var order = journal.Ask(state => state.Order)!.Value;
        Assert.Equal(BudgetOrder.Best(Policy.MaxEpsilonTotal, Policy.Delta), order);
        Assert.Equal(Limits(_whole).TotalBudget, Limits(_whole).TotalAt(order));
        var standing = HospitalBudget.Standing(journal, _sampled.Hash, Limits(_sampled));
        Assert.Equal(_sampled.Mechanism.ChargeAt(order).Times(2), standing.Study);
        Assert.Equal(_whole.Mechanism.PerRound + standing.Study, standing.Total);
        Assert.Equal(_sampled.Mechanism.PerRound.Times(2), standing.StudyRho);
        Assert.NotEqual(standing.StudyRho, standing.Study);
    }

    [Fact]
    public void A_policy_that_changes_later_never_changes_the_order()
    {
        using var journal = Open();
        Reserve(journal, _sampled, 1);
        var order = journal.Ask(state => state.Order)!.Value;
        var before = Limits(_sampled).TotalAt(order);
        HospitalPolicy[] changed =
        [
            Policy with { MaxEpsilonTotal = 5 },
            Policy with { Delta = 1e-7, MaxEpsilonPerStudy = 1000 },
        ];
        foreach (var tighter in changed)
        {
            var limits = EffectiveLimits.Tighten(_sampled.Demands, tighter);
            Assert.NotEqual(order, limits.BestOrder);
            Assert.True(limits.TotalAt(order) < before);
            Assert.True(limits.TotalAt(order) <= limits.TotalBudget);
            Assert.Equal(ReserveOutcome.Reserved, Reserve(journal, _sampled, limits.Delta < 1e-6 ? 3u : 2u, limits));
            Assert.Equal(order, journal.Ask(state => state.Order));
        }
    }

    [Fact]
    public void The_attempt_that_would_exceed_the_total_at_the_order_of_the_books_is_refused()
    {
        using var journal = Open();
        var total = Policy with { MaxEpsilonTotal = 3, MaxEpsilonPerStudy = 1000 };
        var limits = EffectiveLimits.Tighten(_sampled.Demands with { Budget = Rho.Floor(1000) }, total);
        uint round = 1;
        while (Reserve(journal, _sampled, round, limits) == ReserveOutcome.Reserved) round++;
        Assert.Equal(ReserveOutcome.TotalExhausted, Reserve(journal, _sampled, round, limits));
        var order = journal.Ask(state => state.Order)!.Value;
        var charge = _sampled.Mechanism.ChargeAt(order);
        Assert.Equal((long)(order.Limit(3, Policy.Delta).Units / charge.Units), round - 1);
        Assert.True(order.Epsilon(charge.Times((int)round - 1), Policy.Delta) <= 3);
        Assert.True(order.Epsilon(charge.Times((int)round), Policy.Delta) > 3);
    }

    [Fact]
    public void The_study_s_own_limit_holds_at_its_own_order()
    {
        using var journal = Open();
        for (uint round = 1; round <= 3; round++)
            Assert.Equal(ReserveOutcome.Reserved, Reserve(journal, _sampled, round));
        Assert.Equal(ReserveOutcome.StudyExhausted, Reserve(journal, _sampled, 3, attempt: 2));
    }

    [Fact]
    public void A_reserve_without_an_abort_counts_in_both_books_after_a_restart()
    {
        using (var journal = Open())
        {
            Reserve(journal, _sampled, 1);
            Reserve(journal, _sampled, 2);
            var budget = Budget(journal);
            budget.Abort(budget.CostOf(_sampled, 2, 1, Limits(_sampled)), "test");
        }

        using var again = Open(decide: false);
        var standing = HospitalBudget.Standing(again, _sampled.Hash, Limits(_sampled));
        Assert.Equal(_sampled.Mechanism.ChargeAt(standing.Order!.Value), standing.Total);
        Assert.Equal(_sampled.Mechanism.PerRound, standing.StudyRho);
    }

    private HospitalJournal Open(bool decide = true)
    {
        var journal = HospitalJournal.Open(_folder.Path, "site-0", TimeProvider.System);
        foreach (var study in decide ? (VerifiedStudy[])[_sampled, _whole] : [])
        {
            journal.Record(FactTypes.Decided, new StudyDecided(study.Hash, study.Name, true, "", "", 0, "", ""),
                FactShapes.Default.StudyDecided);
            Assert.True(Sha256Digest.TryParse(study.Hash, out var hash));
            Budget(journal).Grant(hash, study.Ledger, study.InitialModel);
        }

        return journal;
    }

    private static EffectiveLimits Limits(VerifiedStudy study) => EffectiveLimits.Tighten(study.Demands, Policy);

    private HospitalBudget Budget(HospitalJournal journal) =>
        new(journal, new EntryWriter(_keys[0], "site-0", TimeProvider.System));

    private ReserveOutcome Reserve(
        HospitalJournal journal, VerifiedStudy study, uint round, EffectiveLimits? limits = null, uint attempt = 1)
    {
        var budget = Budget(journal);
        limits ??= Limits(study);
        return budget.Reserve(
            budget.CostOf(study, round, attempt, limits), study.Ledger, limits, Sha256Digest.Of("model"u8), 7);
    }

    private VerifiedStudy Study(string draft) => TestStudy.Verified(_keys, draft);
}
