using FedMeta.Privacy;

namespace FedMeta.Client.Budget;

/// <summary>Where a hospital's budget stands; all but the last in the charge of a patient of this hospital.</summary>
/// <param name="Study">Spent and reserved by the study.</param>
/// <param name="StudyRemaining">What the study may still spend: the smaller of its own and the total's
/// remainder.</param>
/// <param name="Total">Spent and reserved over all studies.</param>
/// <param name="TotalRemaining">What is left over all studies.</param>
/// <param name="StudyRho">Spent and reserved by the study, for its own unit.</param>
internal sealed record BudgetStanding(Rho Study, Rho StudyRemaining, Rho Total, Rho TotalRemaining, Rho StudyRho);
