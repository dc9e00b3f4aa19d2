namespace FedMeta.Server.State.Facts;

/// <summary>An attempt ended without a sum. <c>Reason</c> names one member of a closed list, in words with
/// hyphens.</summary>
internal sealed record RoundAborted(string Study, int Round, int Attempt, string Reason, string Phase,
    IReadOnlyDictionary<string, string> Excluded) : Fact;
