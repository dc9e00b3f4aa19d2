namespace FedMeta.Privacy;

/// <summary>Everything that a report is made from: the plan and what the ledger says happened, oldest first.</summary>
/// <param name="Study">Name of the study.</param>
/// <param name="Plan">A plan that <see cref="MechanismPlan.Verify"/> accepted.</param>
/// <param name="Rounds">Attempts in their order.</param>
/// <param name="Reach">What secure aggregation withstands.</param>
/// <param name="Hospitals">Members of the study.</param>
/// <param name="PatientsAtLeast">A number of patients that the study certainly has, from its least rows; at least
/// 1.</param>
/// <param name="IsOver">Whether no further round can follow.</param>
/// <param name="Deviations">How many departures from the usual are on record.</param>
public sealed record PrivacyFacts(
    string Study,
    MechanismPlan Plan,
    IReadOnlyList<RoundFact> Rounds,
    AggregationReach Reach,
    int Hospitals,
    long PatientsAtLeast,
    bool IsOver,
    int Deviations);
