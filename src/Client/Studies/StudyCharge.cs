using FedMeta.Client.Budget;
using FedMeta.Client.Policy;
using FedMeta.Privacy;

namespace FedMeta.Client.Studies;

/// <summary>What a study charges in this hospital's books over all studies, for a patient.</summary>
/// <param name="Order">The order of the books: the one that stands there, or that this study would open them at; null
/// where they have none.</param>
/// <param name="PerRound">One attempt at a round.</param>
/// <param name="Whole">The study, run to its end.</param>
internal sealed record StudyCharge(BudgetOrder? Order, Rho PerRound, Rho Whole)
{
    /// <summary>Computes it for books that stand as they do now.</summary>
    public static StudyCharge Of(VerifiedStudy study, EffectiveLimits limits, BudgetStanding standing)
    {
        var (plan, factor) = (study.Mechanism, study.Demands.PatientFactor);
        if (study.Demands.Order is null)
            return new StudyCharge(standing.Order, plan.PerRound.Times(factor), study.Demands.Budget.Times(factor));
        var order = standing.Order ?? limits.BestOrder;
        var perRound = plan.ChargeAt(order).Times(factor);
        return new StudyCharge(order, perRound, perRound.Times(plan.Request.Rounds));
    }

    /// <summary>The epsilon of so many rounds of a plan alone: at the best of many whole orders where it samples, each of
    /// which is valid for a number that is fixed in advance.</summary>
    public static double Epsilon(MechanismPlan plan, int times, double delta) => plan.Request.SamplingRate.IsSampled
        ? Enumerable.Range(2, LargestOrder - 1).Select(BudgetOrder.Whole)
            .Min(order => order.Epsilon(plan.ChargeAt(order).Times(times), delta))
        : ZeroConcentratedDp.Epsilon(plan.PerWholeRound.Times(times).ToDouble(), delta);

    // Beyond it the few costs that a large order serves best are small anyway.
    private const int LargestOrder = 32;
}
