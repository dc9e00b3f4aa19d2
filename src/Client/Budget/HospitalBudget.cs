using FedMeta.Client.Ledger;
using FedMeta.Client.Policy;
using FedMeta.Privacy;

namespace FedMeta.Client.Budget;

/// <summary>
/// The hospital's own budget, enforced here whatever a server says. Reserve is on disk before noise is drawn, spend
/// before the masked input leaves, abort only before anything was sent and only by the process that holds the
/// attempt; nothing is ever refunded after that. See docs/adr/0032-the-hospital-s-own-budget.md.
/// </summary>
internal sealed class HospitalBudget(HospitalJournal journal)
{
    /// <summary>Reserves an attempt; on disk when the answer is <see cref="ReserveOutcome.Reserved"/>.</summary>
    public ReserveOutcome Reserve(RoundCost cost, EffectiveLimits limits, string model, ulong taskSeed)
    {
        var outcome = ReserveOutcome.Reserved;
        journal.RecordIf(
            state =>
            {
                outcome = Decide(state, cost, limits);
                return outcome == ReserveOutcome.Reserved
                    ? new BudgetReserved(cost.Study, cost.Round, cost.Attempt, cost.Rho.ToString(),
                        cost.Charge.ToString(),
                        model, taskSeed.ToString(System.Globalization.CultureInfo.InvariantCulture))
                    : null;
            },
            FactTypes.Reserve,
            FactShapes.Default.BudgetReserved);
        return outcome;
    }

    /// <summary>Puts the spend on disk; only then may the input leave.</summary>
    /// <exception cref="InvalidOperationException">The attempt is not reserved, or was spent or aborted
    /// already.</exception>
    public void Spend(RoundCost cost, string statement, byte[] signature) => journal.RecordIf(
        state => state.IsOpen(cost.Study, cost.Round, cost.Attempt)
            ? new BudgetSpent(cost.Study, cost.Round, cost.Attempt, cost.Rho.ToString(), cost.Charge.ToString(),
                statement, Convert.ToBase64String(signature))
            : throw new InvalidOperationException("only a reserved attempt can be spent, and only once"),
        FactTypes.Spend,
        FactShapes.Default.BudgetSpent);

    /// <summary>Releases an attempt of which nothing was sent; does nothing where it was spent or was never
    /// reserved.</summary>
    public void Abort(RoundCost cost, string reason) => journal.RecordIf(
        state => state.IsOpen(cost.Study, cost.Round, cost.Attempt)
            ? new BudgetAborted(cost.Study, cost.Round, cost.Attempt, reason)
            : null,
        FactTypes.Abort,
        FactShapes.Default.BudgetAborted);

    /// <summary>What stands in the books of a study and of all studies, in the patient's charge.</summary>
    public BudgetStanding Standing(string study, EffectiveLimits limits) => journal.Ask(state =>
    {
        var filter = Filter(state, study, limits);
        return new BudgetStanding(filter.Charged(study), filter.Remaining(study), filter.TotalCharged,
            filter.TotalRemaining, state.RhoOf(study));
    });

    private static ReserveOutcome Decide(LedgerState state, RoundCost cost, EffectiveLimits limits)
    {
        if (state.Decision(cost.Study) is not { Approve: true }) return ReserveOutcome.NotApproved;
        if ((cost.Round, cost.Attempt).CompareTo(state.Latest(cost.Study)) <= 0) return ReserveOutcome.RoundUsed;
        var decision = Filter(state, cost.Study, limits)
            .CanReserve(cost.Study, cost.Round, checked((int)cost.Attempt), cost.Charge);
        return decision switch
        {
            BudgetDecision.Granted => ReserveOutcome.Reserved,
            BudgetDecision.AlreadyRecorded => ReserveOutcome.RoundUsed,
            BudgetDecision.TotalLimitExceeded => ReserveOutcome.TotalExhausted,
            _ => ReserveOutcome.StudyExhausted,
        };
    }

    private static BudgetFilter Filter(LedgerState state, string study, EffectiveLimits limits) => new(
        limits.TotalBudget,
        new Dictionary<string, Rho>(StringComparer.Ordinal) { [study] = limits.StudyBudget },
        state.Budget);
}
