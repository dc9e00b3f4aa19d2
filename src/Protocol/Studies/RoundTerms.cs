namespace FedMeta.Protocol;

/// <summary>How many rounds, and how long they may take.</summary>
/// <param name="Count">Rounds that the budget is divided by.</param>
/// <param name="Deadline">Longest time of a phase, whole seconds.</param>
/// <param name="Quorum">Inputs that a round needs to count; at least the threshold.</param>
public sealed record RoundTerms(int Count, TimeSpan Deadline, int Quorum);
