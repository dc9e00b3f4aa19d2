namespace FedMeta.Privacy;

/// <summary>A plan, or every reason why the request has none.</summary>
/// <param name="Plan">The plan; null where there are problems.</param>
/// <param name="Problems">Sentences for the person who wrote the study; empty where there is a plan.</param>
public sealed record MechanismDerivation(MechanismPlan? Plan, IReadOnlyList<string> Problems);
