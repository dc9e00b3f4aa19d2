using FedMeta.Client.Ledger;
using FedMeta.Client.Policy;
using FedMeta.Client.Studies;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Ledger;

public sealed class BudgetAuditTests : IDisposable
{
    private static readonly HospitalPolicy Policy = new();
    private static readonly BudgetOrder Best = BudgetOrder.Best(Policy.MaxEpsilonTotal, Policy.Delta);
    private static readonly Rho Plenty = Rho.Ceiling(1000, 1);

    private readonly List<Identity> _keys = [.. Enumerable.Range(0, 5).Select(_ => Identity.Create())];
    private readonly BudgetAudit _audit = new();

    public void Dispose() => _keys.ForEach(key => key.Dispose());

    [Fact]
    public void The_order_of_the_books_is_fixed_once_and_is_the_best_for_the_policy_that_they_name()
    {
        var opened = new BooksOpened(Best.ToString(), Policy.MaxEpsilonTotal, Policy.Delta);
        Assert.Contains("has", new BudgetAudit().Open(opened with { Epsilon = Policy.MaxEpsilonTotal / 2 }));
        Assert.Contains("no policy", new BudgetAudit().Open(opened with { Delta = 0 }));
        Assert.Null(_audit.Open(opened));
        Assert.Contains("second time", _audit.Open(opened));
    }

    [Fact]
    public void A_sampled_study_costs_nothing_that_could_be_told_before_the_books_have_an_order()
    {
        var study = Study(TestStudy.Sampled);
        Assert.Contains("no order", _audit.Reserve(Reserve(study, 1, study.Mechanism.ChargeAt(Best), Plenty), study));
    }

    [Fact]
    public void The_study_s_own_limit_is_counted_though_the_total_has_room()
    {
        var study = Study(TestStudy.Draft);
        var cost = study.Mechanism.PerRound.Times(study.Demands.PatientFactor);
        Assert.Null(_audit.Reserve(Reserve(study, 1, cost, Plenty, cost), study));
        Assert.Contains("does not grant", _audit.Reserve(Reserve(study, 2, cost, Plenty, cost), study));
    }

    [Fact]
    public void An_abort_gives_the_reserve_back_to_both_books()
    {
        var study = Study(TestStudy.Draft);
        var cost = study.Mechanism.PerRound.Times(study.Demands.PatientFactor);
        Assert.Null(_audit.Reserve(Reserve(study, 1, cost, cost, cost), study));
        Assert.Contains("does not grant", _audit.Reserve(Reserve(study, 2, cost, cost, cost), study));
        _audit.Abort(new BudgetAborted(study.Hash, 1, 1, "stopping", "", ""));
        Assert.Null(_audit.Reserve(Reserve(study, 3, cost, cost, cost), study));
    }

    private static BudgetReserved Reserve(
        VerifiedStudy study, uint round, Rho charge, Rho totalLimit, Rho? studyLimit = null) => new(
        study.Hash, round, 1, study.Mechanism.PerRound.ToString(), charge.ToString(), "", "7",
        (studyLimit ?? study.Demands.Budget.Times(study.Demands.PatientFactor)).ToString(), totalLimit.ToString(), "",
        "");

    private VerifiedStudy Study(string draft) => TestStudy.Verified(_keys, draft);
}
