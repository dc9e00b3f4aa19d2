using FedMeta.Client.Budget;
using FedMeta.Client.Policy;
using FedMeta.Privacy;

namespace FedMeta.Client.Studies;

/// <summary>What a study will cost this hospital if it runs to its end, and what then remains.</summary>
/// <param name="Unit">Whom the study's own claim protects.</param>
/// <param name="Epsilon">The study's own claim.</param>
/// <param name="Delta">The study's own claim.</param>
/// <param name="PatientEpsilon">For a patient of this hospital, at the policy's delta.</param>
/// <param name="PolicyDelta">The policy's delta.</param>
/// <param name="SpentBefore">Epsilon of all studies so far, for a patient, at the policy's delta.</param>
/// <param name="SpentAfter">The same when this study has run to its end.</param>
/// <param name="Limit">The policy's limit over all studies.</param>
/// <param name="Fits">Whether the limit holds to the end.</param>
/// <param name="Budget">How far the hospital's budget carries the study, and what then remains.</param>
/// <param name="OwnNoise">Noise of this hospital's own share over what one patient can move the sum.</param>
/// <param name="AloneEpsilon">What the study costs a patient, at the policy's delta, if every other hospital colludes
/// with the coordinator: the fall-back that the own share gives.</param>
/// <param name="Crowd">Hospitals in the smallest sum of a round, this one among them: its group, or all
/// members.</param>
/// <param name="Groups">Sums of a round; 1 where all members make one.</param>
/// <param name="Claim">What secure aggregation promises in this study, and against whom.</param>
internal sealed record StudyForecast(
    string Unit,
    double Epsilon,
    double Delta,
    double PatientEpsilon,
    double PolicyDelta,
    double SpentBefore,
    double SpentAfter,
    double Limit,
    bool Fits,
    BudgetReach Budget,
    double OwnNoise,
    double AloneEpsilon,
    int Crowd,
    int Groups,
    string Claim)
{
    /// <summary>Computes the forecast; epsilon of sums is computed from the exact sum of rho, never added.</summary>
    public static StudyForecast Of(
        VerifiedStudy study, EffectiveLimits limits, HospitalPolicy policy, BudgetStanding standing)
    {
        var plan = study.Mechanism;
        var charge = StudyCharge.Of(study, limits, standing);
        var after = standing.Total + charge.Whole.Less(standing.Study);
        var own = OwnShare.Of(study);
        return new StudyForecast(
            PrivacyNames.Of(study.Demands.Unit),
            study.Demands.Epsilon(plan.Total, study.Delta),
            study.Delta,
            study.Demands.Epsilon(plan.Total.Times(study.Demands.PatientFactor), policy.Delta),
            policy.Delta,
            limits.EpsilonAt(charge.Order, standing.Total),
            limits.EpsilonAt(charge.Order, after),
            policy.MaxEpsilonTotal,
            after <= limits.TotalAt(charge.Order),
            BudgetReach.Of(study, limits, policy, standing),
            own.Noise,
            own.Epsilon(policy.Delta),
            study.SmallestSum,
            study.Groups?.Count ?? 1,
            study.Aggregation.Claim);
    }
}
