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
    private readonly Dictionary<string, (uint Round, uint Attempt)> _latest = new(StringComparer.Ordinal);

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
        var limits = new Dictionary<string, Rho>(StringComparer.Ordinal) { [reserved.Study] = studyLimit };
        var charge = ChargeOf(study);
        var decision = new BudgetFilter(totalLimit, limits, _entries)
            .CanReserve(reserved.Study, reserved.Round, (int)reserved.Attempt, charge);
        if (decision != BudgetDecision.Granted) return $"the budget does not grant this reserve ({decision})";
        _entries.Add(new BudgetEntry(
            BudgetEntryKind.Reserve, reserved.Study, reserved.Round, (int)reserved.Attempt, charge));
        return null;
    }

    /// <summary>What is wrong with a spend, in words; null where its costs are the study's.</summary>
    public string? Spend(BudgetSpent spent, VerifiedStudy study)
    {
        if (Costs(spent.Rho, spent.Charge, study) is { } wrong) return wrong;
        _entries.Add(new BudgetEntry(
            BudgetEntryKind.Spend, spent.Study, spent.Round, (int)spent.Attempt, ChargeOf(study)));
        return null;
    }

    /// <summary>A reserve was given back.</summary>
    public void Abort(BudgetAborted aborted) => _entries.Add(new BudgetEntry(
        BudgetEntryKind.Abort, aborted.Study, aborted.Round, (int)aborted.Attempt, Rho.Zero));

    private static string? Costs(string rho, string charge, VerifiedStudy study)
    {
        var right = study.Mechanism.PerRound;
        if (rho != right.ToString()) return $"the record says a cost of {rho} units and the study costs {right}";
        return charge == ChargeOf(study).ToString()
            ? null
            : $"the record charges a patient {charge} units and the study costs a patient {ChargeOf(study)}";
    }

    private static Rho ChargeOf(VerifiedStudy study) => study.Mechanism.PerRound.Times(study.Demands.PatientFactor);
}
