namespace FedMeta.Client.Enrolment;

/// <summary>What came of <c>join</c>.</summary>
/// <param name="ClientId">This hospital's id.</param>
/// <param name="Name">This hospital's name.</param>
/// <param name="Server">Where the coordinator is.</param>
/// <param name="Fingerprint">Six words of the hospital's key, to compare with the operator.</param>
/// <param name="State">pending or approved.</param>
internal sealed record JoinOutcome(string ClientId, string Name, string Server, string Fingerprint, string State);
