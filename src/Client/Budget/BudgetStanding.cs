using FedMeta.Privacy;

namespace FedMeta.Client.Budget;

/// <summary>Where a hospital's budget stands.</summary>
/// <param name="Study">Spent and reserved by the study, in the charge of a patient of this hospital.</param>
/// <param name="StudyRemaining">What the study may still spend by its own limit, for its own unit and at its own
/// order.</param>
/// <param name="Total">Spent and reserved over all studies, in the charge of a patient.</param>
/// <param name="TotalRemaining">What is left over all studies, in the charge of a patient.</param>
/// <param name="StudyRho">Spent and reserved by the study, for its own unit.</param>
internal sealed record BudgetStanding(Rho Study, Rho StudyRemaining, Rho Total, Rho TotalRemaining, Rho StudyRho)
{
    /// <summary>The order of the books over all studies; null where no study that samples was entered.</summary>
    public BudgetOrder? Order { get; init; }
}
