using FedMeta.Client.Budget;
using FedMeta.Client.Policy;
using FedMeta.Privacy;

namespace FedMeta.Client.Studies;

/// <summary>How far this hospital's budget carries a study, counted in whole units of rho.</summary>
/// <param name="Rounds">Rounds that the study plans.</param>
/// <param name="RoundEpsilon">What one attempt at a round costs a patient of this hospital, at the policy's delta.</param>
/// <param name="AttemptsCharged">Attempts of this study that already stand in the books.</param>
/// <param name="AttemptsLeft">Further attempts that the budget pays for; an attempt that sent its input costs again
/// when the round is tried anew.</param>
/// <param name="StopsAfter">The round after which the hospital stops where none is tried anew: the last of the study,
/// or the last that the budget pays for.</param>
/// <param name="Remains">The largest epsilon that a further study alone could cost when this one has run to its end, at
/// the policy's delta.</param>
internal sealed record BudgetReach(
    uint Rounds, double RoundEpsilon, long AttemptsCharged, long AttemptsLeft, uint StopsAfter, double Remains)
{
    /// <summary>Whether the budget reaches the study's last round.</summary>
    public bool ReachesEnd => StopsAfter == Rounds;

    /// <summary>Counts attempts against what stands in the books.</summary>
    public static BudgetReach Of(
        VerifiedStudy study, EffectiveLimits limits, HospitalPolicy policy, BudgetStanding standing)
    {
        var charge = StudyCharge.Of(study, limits, standing);
        var charged = Attempts(standing.Study, charge.PerRound);

        // The study's own limit counts at the study's order and the one over all studies at that of the books.
        var left = Math.Min(
            Attempts(standing.StudyRemaining, study.Mechanism.PerRound),
            Attempts(standing.TotalRemaining, charge.PerRound));
        var after = standing.Total + charge.Whole.Less(standing.Study);
        return new BudgetReach(
            study.Rounds,
            StudyCharge.Epsilon(study.Mechanism, study.Demands.PatientFactor, policy.Delta),
            charged,
            left,
            (uint)Math.Min(study.Rounds, charged + left),
            ZeroConcentratedDp.Epsilon(limits.TotalAt(charge.Order).Less(after).ToDouble(), policy.Delta));
    }

    /// <summary>Whole attempts that fit; every attempt costs at least a unit.</summary>
    public static long Attempts(Rho budget, Rho charge) =>
        charge == Rho.Zero ? 0 : (long)System.Numerics.BigInteger.Min(budget.Units / charge.Units, int.MaxValue);
}
