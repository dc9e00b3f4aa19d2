namespace FedMeta.Server.State.Facts;

/// <summary>
/// Whose inputs are in the sum, and the signatures (Base64) with which clients agreed to exactly this list.
/// <c>RosterHash</c>
/// (hex) lets anyone who has the study document verify them.
/// </summary>
internal sealed record RoundSurvivors(string Study, int Round, int Attempt, string RosterHash,
    IReadOnlyList<string> Clients,
    IReadOnlyDictionary<string, string> Signatures) : Fact;
