using FedMeta.Privacy;

namespace FedMeta.Client.Policy;

/// <summary>What a study document asks of a hospital, in the terms that a policy can tighten.</summary>
/// <param name="Unit">The unit that the study's own claim protects.</param>
/// <param name="Budget">rho that the study may spend for its unit.</param>
/// <param name="PatientFactor">
/// How many times the study's rho a patient of one hospital may pay at most: 1 where the unit is the patient, else the
/// square of the ratio of the two sensitivities.
/// </param>
/// <param name="MinPeers">Smallest roster.</param>
/// <param name="MinRows">Fewest training rows.</param>
/// <param name="MinHonestInputs">Fewest honest inputs in a sum.</param>
/// <param name="Colluders">Hospitals that are assumed to collude.</param>
/// <param name="Threshold">Fewest inputs in a sum.</param>
internal sealed record StudyDemands(
    PrivacyUnit Unit,
    Rho Budget,
    int PatientFactor,
    int MinPeers,
    int MinRows,
    int MinHonestInputs,
    int Colluders,
    int Threshold)
{
    /// <summary>The order at which a study that samples patients keeps its own budget; null for one that does
    /// not, whose rho holds at every order.</summary>
    public BudgetOrder? Order { get; init; }

    /// <summary>The epsilon that the study's own rho proves for its unit, or for a patient by the patient's
    /// charge.</summary>
    public double Epsilon(Rho rho, double delta) =>
        Order?.Epsilon(rho, delta) ?? ZeroConcentratedDp.Epsilon(rho.ToDouble(), delta);
}
