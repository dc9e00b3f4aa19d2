using FedMeta.Client.Studies;
using FedMeta.Privacy;

namespace FedMeta.Client.Ledger;

/// <summary>
/// Plays the hospital's budget again: costs and charges computed from the approved study, attempts in their order, and
/// the filter with the limits that each reserve says were in force.
/// </summary>
internal sealed class BudgetAudit
{
    private static readonly Dictionary<string, Rho> NoLimits = [];

    // One pass: each entry is counted once, in the charge of a patient over all studies and in its study's own cost.
    private readonly BudgetFilter _all = new(Rho.Zero, NoLimits);
    private readonly Dictionary<string, BudgetFilter> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Rho> _charges = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (uint Round, uint Attempt)> _latest = new(StringComparer.Ordinal);

    private BudgetOrder? _order;

    /// <summary>What is wrong with the order of the books, in words; null where it is the best one for the policy that it
    /// names, fixed once.</summary>
    public string? Open(BooksOpened opened)
    {
        if (_order is not null) return "the order of the books is fixed a second time";
        if (!(opened.Epsilon is > 0 and <= 1000) || !(opened.Delta is > 0 and < 1))
            return "the order of the books is that of no policy";
        _order = BudgetOrder.Best(opened.Epsilon, opened.Delta);
        return opened.Order == _order.ToString()
            ? null
            : $"the books are kept at the order {opened.Order} and the policy that they name has {_order}";
    }

    /// <summary>What is wrong with a reserve, in words; null where the filter grants it, and then it is
    /// counted.</summary>
    public string? Reserve(BudgetReserved reserved, VerifiedStudy study)
    {
        if (Costs(reserved.Rho, reserved.Charge, study) is { } wrong) return wrong;
        if (!Rho.TryParse(reserved.StudyLimit, out var studyLimit)
            || !Rho.TryParse(reserved.TotalLimit, out var totalLimit)) return "a limit is no whole number";
        if (studyLimit > study.Demands.Budget.Times(study.Demands.PatientFactor))
            return "the study's limit is more than the study may cost";
        if ((reserved.Round, reserved.Attempt).CompareTo(_latest.GetValueOrDefault(reserved.Study)) <= 0)
            return "the attempt was reserved before, or a later one was";
        _latest[reserved.Study] = (reserved.Round, reserved.Attempt);
        var (charge, rho) = (ChargeOf(study)!.Value, study.Mechanism.PerRound);
        var attempt = (int)reserved.Attempt;
        var own = studyLimit.DividedBy(study.Demands.PatientFactor);
        var decision = Own(reserved.Study)
            .CanReserve(reserved.Study, reserved.Round, attempt, rho, limit: own, totalLimit: own);
        if (decision == BudgetDecision.Granted)
        {
            decision = _all.CanReserve(
                reserved.Study, reserved.Round, attempt, charge, limit: totalLimit, totalLimit);
        }

        if (decision != BudgetDecision.Granted) return $"the budget does not grant this reserve ({decision})";
        Add(BudgetEntryKind.Reserve, reserved.Study, reserved.Round, attempt, charge, rho);
        return null;
    }

    /// <summary>What is wrong with a spend, in words; null where its costs are the study's.</summary>
    public string? Spend(BudgetSpent spent, VerifiedStudy study)
    {
        if (Costs(spent.Rho, spent.Charge, study) is { } wrong) return wrong;
        Add(BudgetEntryKind.Spend, spent.Study, spent.Round, (int)spent.Attempt, ChargeOf(study)!.Value,
            study.Mechanism.PerRound);
        return null;
    }

    /// <summary>A reserve was given back.</summary>
    public void Abort(BudgetAborted aborted) => Add(
        BudgetEntryKind.Abort, aborted.Study, aborted.Round, (int)aborted.Attempt, Rho.Zero, Rho.Zero);

    private void Add(BudgetEntryKind kind, string study, uint round, int attempt, Rho charge, Rho rho)
    {
        _all.Record(new BudgetEntry(kind, study, round, attempt, charge));
        Own(study).Record(new BudgetEntry(kind, study, round, attempt, rho));
    }

    private BudgetFilter Own(string study)
    {
        if (!_own.TryGetValue(study, out var own)) _own[study] = own = new BudgetFilter(Rho.Zero, NoLimits);
        return own;
    }

    private string? Costs(string rho, string charge, VerifiedStudy study)
    {
        var right = study.Mechanism.PerRound;
        if (rho != right.ToString()) return $"the record says a cost of {rho} units and the study costs {right}";
        if (ChargeOf(study) is not { } charged) return "a study that samples is charged in books that have no order";
        return charge == charged.ToString()
            ? null
            : $"the record charges a patient {charge} units and the study costs a patient {charged}";
    }

    private Rho? ChargeOf(VerifiedStudy study)
    {
        if (study.Demands.Order is null) return study.Mechanism.PerRound.Times(study.Demands.PatientFactor);
        if (_order is not { } order) return null;

        // The order is fixed once; the charge at it takes a while.
        if (!_charges.TryGetValue(study.Hash, out var charge))
            _charges[study.Hash] = charge = study.Mechanism.ChargeAt(order).Times(study.Demands.PatientFactor);
        return charge;
    }
}
