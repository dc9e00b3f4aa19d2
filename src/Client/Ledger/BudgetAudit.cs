using FedMeta.Client.Studies;
using FedMeta.Privacy;

namespace FedMeta.Client.Ledger;

/// <summary>
/// Plays the hospital's budget again: costs and charges computed from the approved study, attempts in their order, and
/// the filter with the limits that each reserve says were in force.
/// </summary>
internal sealed class BudgetAudit
{
    private readonly List<BudgetEntry> _entries = [];
    private readonly List<BudgetEntry> _own = [];
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
        var decision = Filter(own, reserved.Study, _own.Where(entry => entry.Study == reserved.Study))
            .CanReserve(reserved.Study, reserved.Round, attempt, rho);
        if (decision == BudgetDecision.Granted)
        {
            decision = Filter(totalLimit, reserved.Study, _entries)
                .CanReserve(reserved.Study, reserved.Round, attempt, charge);
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
        _entries.Add(new BudgetEntry(kind, study, round, attempt, charge));
        _own.Add(new BudgetEntry(kind, study, round, attempt, rho));
    }

    private static BudgetFilter Filter(Rho limit, string study, IEnumerable<BudgetEntry> entries) => new(
        limit, new Dictionary<string, Rho>(StringComparer.Ordinal) { [study] = limit }, entries);

    private string? Costs(string rho, string charge, VerifiedStudy study)
    {
        var right = study.Mechanism.PerRound;
        if (rho != right.ToString()) return $"the record says a cost of {rho} units and the study costs {right}";
        if (ChargeOf(study) is not { } charged) return "a study that samples is charged in books that have no order";
        return charge == charged.ToString()
            ? null
            : $"the record charges a patient {charge} units and the study costs a patient {charged}";
    }

    private Rho? ChargeOf(VerifiedStudy study) =>
        (study.Demands.Order is null ? study.Mechanism.PerRound
            : _order is { } order ? study.Mechanism.ChargeAt(order)
            : (Rho?)null)?.Times(study.Demands.PatientFactor);
}
