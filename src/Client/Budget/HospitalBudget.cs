using FedMeta.Client.Ledger;
using FedMeta.Client.Policy;
using FedMeta.Client.Studies;
using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Budget;

/// <summary>
/// The hospital's own budget, enforced here whatever a server says. Reserve is on disk before noise is drawn, spend
/// before the masked input leaves, abort only before anything was sent and only by the process that holds the
/// attempt; nothing is ever refunded after that. See docs/adr/0032-the-hospital-s-own-budget.md.
/// </summary>
internal sealed class HospitalBudget(HospitalJournal journal, EntryWriter entries)
{
    /// <summary>
    /// What one attempt costs: for the study's unit, and in the charge of a patient. A study that samples has another
    /// charge at each order, so the order of the books is put on disk first where none stands there yet.
    /// </summary>
    public RoundCost CostOf(VerifiedStudy study, uint round, uint attempt, EffectiveLimits limits)
    {
        var plan = study.Mechanism;
        var charge = plan.Request.SamplingRate.IsSampled
            ? plan.ChargeAt(OpenBooks(limits)).Times(study.Demands.PatientFactor)
            : plan.PerRound.Times(study.Demands.PatientFactor);
        return new RoundCost(study.Hash, round, attempt, plan.PerRound, charge);
    }

    /// <summary>Enters that the study was approved; does nothing where the newest decision is none, or was entered
    /// already.</summary>
    /// <param name="study">Hash of the document.</param>
    /// <param name="terms">Its terms, which the entry repeats.</param>
    /// <param name="model">Hash of its initial model.</param>
    public void Grant(Sha256Digest study, LedgerTerms terms, Sha256Digest model) => Write(
        study.ToString(),
        state => state.Decision(study.ToString()) is { Approve: true } && !state.Chain.IsGranted(study.ToString())
            ? entries.Grant(state, study, terms, model)
            : null,
        FactTypes.Grant);

    /// <summary>Reserves an attempt; on disk when the answer is <see cref="ReserveOutcome.Reserved"/>.</summary>
    /// <param name="cost">What it costs.</param>
    /// <param name="terms">The study's terms, which the entry repeats.</param>
    /// <param name="limits">The limits that hold now.</param>
    /// <param name="model">Hash of the model that the attempt starts from.</param>
    /// <param name="taskSeed">Seed that cuts the rows into tasks.</param>
    public ReserveOutcome Reserve(
        RoundCost cost, LedgerTerms terms, EffectiveLimits limits, Sha256Digest model, ulong taskSeed)
    {
        var outcome = ReserveOutcome.Reserved;
        journal.RecordIf(
            state =>
            {
                outcome = Decide(state, cost, limits);
                if (outcome != ReserveOutcome.Reserved) return null;
                if (!Sha256Digest.TryParse(cost.Study, out var study))
                    throw new ArgumentException("a study is named by 64 hexadecimal digits", nameof(cost));
                var entry = entries.Reserve(state, study, (cost.Round, cost.Attempt), terms, model);
                return new BudgetReserved(cost.Study, cost.Round, cost.Attempt, cost.Rho.ToString(),
                    cost.Charge.ToString(), model.ToString(),
                    taskSeed.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    limits.StudyBudget.ToString(), limits.TotalAt(state.Order).ToString(), entry.Statement,
                    entry.SignatureText);
            },
            FactTypes.Reserve,
            FactShapes.Default.BudgetReserved);
        return outcome;
    }

    /// <summary>Puts the spend on disk; only then may the input leave.</summary>
    /// <param name="cost">The attempt.</param>
    /// <param name="message">Hash of the masked input.</param>
    /// <returns>The entry that travels with it.</returns>
    /// <exception cref="InvalidOperationException">The attempt is not reserved, or was spent or aborted
    /// already.</exception>
    public SignedEntry Spend(RoundCost cost, Sha256Digest message)
    {
        SignedEntry? entry = null;
        journal.RecordIf(
            state =>
            {
                entry = state.Chain.Reserve(cost.Study, cost.Round, cost.Attempt) is { } reserve
                    ? entries.Spend(state, reserve, message)
                    : throw new InvalidOperationException("only a reserved attempt can be spent, and only once");
                return new BudgetSpent(cost.Study, cost.Round, cost.Attempt, cost.Rho.ToString(),
                    cost.Charge.ToString(), entry.Statement, entry.SignatureText);
            },
            FactTypes.Spend,
            FactShapes.Default.BudgetSpent);
        return entry!;
    }

    /// <summary>Releases an attempt of which nothing was sent; does nothing where it was spent or was never
    /// reserved.</summary>
    public void Abort(RoundCost cost, string reason) => journal.RecordIf(
        state =>
        {
            if (state.Chain.Reserve(cost.Study, cost.Round, cost.Attempt) is not { } reserve) return null;
            var entry = entries.Abort(state, reserve);
            return new BudgetAborted(
                cost.Study, cost.Round, cost.Attempt, reason, entry.Statement, entry.SignatureText);
        },
        FactTypes.Abort,
        FactShapes.Default.BudgetAborted);

    /// <summary>Enters that the sum of a spent attempt was opened; does nothing where the attempt is not the newest
    /// spend.</summary>
    public void Release(RoundCost cost, int survivors) => Write(
        cost.Study,
        state => state.Chain.LastSpend(cost.Study) is { } spend && (uint)spend.Round == cost.Round
            && (uint)spend.Attempt == cost.Attempt
            ? entries.Release(state, spend, survivors)
            : null,
        FactTypes.Release);

    /// <summary>Enters that a study is over, once: nothing is reserved for it any more.</summary>
    /// <param name="study">Hash of the document, hexadecimal.</param>
    public void Close(string study) => Write(
        study,
        state => state.Chain.Tip(study) is { } last && !state.Chain.IsClosed(study)
            ? entries.Close(state, last, LastModel(state, study))
            : null,
        FactTypes.Close);

    /// <summary>What stands in the books of a study and of all studies.</summary>
    public static BudgetStanding Standing(
        HospitalJournal journal, string study, EffectiveLimits limits) => journal.Ask(state =>
    {
        var all = All(state, study, limits);
        return new BudgetStanding(all.Charged(study), Own(state, study, limits).Remaining(study), all.TotalCharged,
            all.TotalRemaining, state.RhoOf(study))
        { Order = state.Order };
    });

    private BudgetOrder OpenBooks(EffectiveLimits limits)
    {
        var best = limits.BestOrder;
        journal.RecordIf(
            state => state.Order is null ? new BooksOpened(best.ToString(), limits.TotalEpsilon, limits.Delta) : null,
            FactTypes.Opened,
            FactShapes.Default.BooksOpened);
        return journal.Ask(state => state.Order) ?? throw new InvalidOperationException("the books were not opened");
    }

    private static ReserveOutcome Decide(LedgerState state, RoundCost cost, EffectiveLimits limits)
    {
        if (state.Decision(cost.Study) is not { Approve: true } || !state.Chain.IsGranted(cost.Study))
            return ReserveOutcome.NotApproved;
        if (state.Chain.IsClosed(cost.Study)) return ReserveOutcome.StudyClosed;
        if ((cost.Round, cost.Attempt).CompareTo(state.Latest(cost.Study)) <= 0) return ReserveOutcome.RoundUsed;

        // The study's own limit at the study's own order, and the limit over all studies at that of the books.
        var attempt = checked((int)cost.Attempt);
        var own = Own(state, cost.Study, limits).CanReserve(cost.Study, cost.Round, attempt, cost.Rho);
        if (own == BudgetDecision.AlreadyRecorded) return ReserveOutcome.RoundUsed;
        if (own != BudgetDecision.Granted) return ReserveOutcome.StudyExhausted;
        return All(state, cost.Study, limits).CanReserve(cost.Study, cost.Round, attempt, cost.Charge) switch
        {
            BudgetDecision.Granted => ReserveOutcome.Reserved,
            BudgetDecision.AlreadyRecorded => ReserveOutcome.RoundUsed,
            _ => ReserveOutcome.TotalExhausted,
        };
    }

    // As adopted, and not as the message says that brings the end: a second one may not bring the model again.
    private static Sha256Digest LastModel(LedgerState state, string study) =>
        state.Model(study) is { Final: true } adopted && Sha256Digest.TryParse(adopted.Model, out var hash)
            ? hash
            : default;

    private void Write(string study, Func<LedgerState, SignedEntry?> decide, string type) => journal.RecordIf(
        state => decide(state) is { } entry ? new EntryWritten(study, entry.Statement, entry.SignatureText) : null,
        type,
        FactShapes.Default.EntryWritten);

    private static BudgetFilter Own(LedgerState state, string study, EffectiveLimits limits)
    {
        var limit = limits.StudyBudget.DividedBy(limits.PatientFactor);
        return new BudgetFilter(limit, Limits(study, limit), state.Own.Where(entry => entry.Study == study));
    }

    private static BudgetFilter All(LedgerState state, string study, EffectiveLimits limits)
    {
        var limit = limits.TotalAt(state.Order);
        return new BudgetFilter(limit, Limits(study, limit), state.Budget);
    }

    private static Dictionary<string, Rho> Limits(string study, Rho limit) =>
        new(StringComparer.Ordinal) { [study] = limit };
}
