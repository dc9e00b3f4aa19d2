using FedMeta.Privacy;

namespace FedMeta.Client.Policy;

/// <summary>
/// The limits that hold at this hospital for one study: for each, the tighter of what the study asks and what the
/// policy allows. Nothing that a server sends can loosen one of them.
/// </summary>
/// <param name="StudyBudget">rho that this study may spend, counted for a patient.</param>
/// <param name="TotalBudget">rho that all studies together may spend, counted for a patient.</param>
/// <param name="MinPeers">Smallest roster.</param>
/// <param name="MinRows">Fewest training rows.</param>
/// <param name="MinHonestInputs">Fewest honest inputs in a sum.</param>
/// <param name="Colluders">Hospitals that are assumed to collude.</param>
internal sealed record EffectiveLimits(
    Rho StudyBudget, Rho TotalBudget, int MinPeers, int MinRows, int MinHonestInputs, int Colluders)
{
    /// <summary>Joins a study's terms and a policy.</summary>
    public static EffectiveLimits Tighten(StudyDemands study, HospitalPolicy policy) => new(
        Smaller(study.Budget.Times(study.PatientFactor),
            ZeroConcentratedDp.LargestRho(policy.MaxEpsilonPerStudy, policy.Delta)),
        ZeroConcentratedDp.LargestRho(policy.MaxEpsilonTotal, policy.Delta),
        Math.Max(study.MinPeers, policy.MinPeers),
        Math.Max(study.MinRows, policy.MinRows),
        Math.Max(study.MinHonestInputs, policy.MinHonestInputs),
        Math.Max(study.Colluders, policy.MinColluders));

    private static Rho Smaller(Rho a, Rho b) => a < b ? a : b;
}
