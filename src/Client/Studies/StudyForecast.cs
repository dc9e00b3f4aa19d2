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
/// <param name="AnonymitySet">Hospitals in the smallest sum of a round, this one among them: its group, or all
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
    int AnonymitySet,
    int Groups,
    string Claim)
{
    /// <summary>Computes the forecast; epsilon of sums is computed from the exact sum of rho, never added.</summary>
    public static StudyForecast Of(
        VerifiedStudy study, EffectiveLimits limits, HospitalPolicy policy, BudgetStanding standing)
    {
        var whole = study.Demands.Budget.Times(study.Demands.PatientFactor);
        var after = standing.Total + whole.Less(standing.Study);
        double Epsilon(Rho rho) => ZeroConcentratedDp.Epsilon(rho.ToDouble(), policy.Delta);
        var own = OwnShare.Of(study);
        return new StudyForecast(
            PrivacyNames.Of(study.Demands.Unit),
            ZeroConcentratedDp.Epsilon(study.Mechanism.Total.ToDouble(), study.Delta),
            study.Delta,
            Epsilon(whole),
            policy.Delta,
            Epsilon(standing.Total),
            Epsilon(after),
            policy.MaxEpsilonTotal,
            after <= limits.TotalBudget,
            BudgetReach.Of(study, limits, policy, standing),
            own.Noise,
            own.Epsilon(policy.Delta),
            study.SmallestSum,
            study.Groups?.Count ?? 1,
            study.Aggregation.Claim);
    }
}
