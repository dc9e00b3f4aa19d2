namespace FedMeta.Privacy;

/// <summary>Everything that a report is made from: the plan and what the ledger says happened, oldest first.</summary>
/// <param name="Study">Name of the study.</param>
/// <param name="Plan">A plan that <see cref="MechanismPlan.Verify"/> accepted.</param>
/// <param name="Rounds">Attempts in their order.</param>
public sealed record PrivacyFacts(string Study, MechanismPlan Plan, IReadOnlyList<RoundFact> Rounds);
