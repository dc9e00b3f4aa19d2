namespace FedMeta.Server.State.Facts;

/// <summary>A group gave no sum; the others go on without it. <c>Reason</c> names one member of a closed list, in words
/// with hyphens.</summary>
internal sealed record RoundGroupDropped(string Study, int Round, int Attempt, int Group, string Reason, string Phase)
    : Fact;
