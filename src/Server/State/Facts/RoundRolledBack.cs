namespace FedMeta.Server.State.Facts;

/// <summary>
/// The sum was opened and did not pass the checks: model and optimiser stay what they were before the round, and the
/// hospitals' budgets are charged all the same. <c>Reason</c> names one member of a closed list, in words with hyphens.
/// </summary>
internal sealed record RoundRolledBack(string Study, int Round, int Attempt, IReadOnlyList<string> Included,
    IReadOnlyDictionary<string, string> Excluded, string Reason, SumChecks Checks) : Fact;
