namespace FedMeta.Server.State.Facts;

/// <summary>
/// A sum was opened: whose inputs are in it, and the signatures (Base64) with which clients agreed to exactly this
/// list. <c>RosterHash</c> (hex) lets anyone who has the study document verify them. <c>Group</c> is 0 where the round
/// has one sum.
/// </summary>
internal sealed record RoundSurvivors(string Study, int Round, int Attempt, int Group, string RosterHash,
    IReadOnlyList<string> Clients,
    IReadOnlyDictionary<string, string> Signatures) : Fact;
