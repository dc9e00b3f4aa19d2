using FedMeta.Privacy;

namespace FedMeta.Client.Budget;

/// <summary>One attempt at a round and what it costs.</summary>
/// <param name="Study">Hash of the document, hexadecimal.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Rho">For the study's own unit.</param>
/// <param name="Charge">For a patient of this hospital, at the order of its books.</param>
internal sealed record RoundCost(string Study, uint Round, uint Attempt, Rho Rho, Rho Charge);
