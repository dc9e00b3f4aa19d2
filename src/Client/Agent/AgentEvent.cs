namespace FedMeta.Client.Agent;

/// <summary>Something that the person at the terminal may want to see. Never data.</summary>
/// <param name="Kind">What sort of event.</param>
/// <param name="Study">The study's name; empty where none is concerned.</param>
/// <param name="Round">The round; 0 where none is concerned.</param>
/// <param name="Rounds">Rounds of the study; 0 where none is concerned.</param>
/// <param name="Text">In words.</param>
/// <param name="EpsilonSpent">Of the study's own claim so far; null where it does not belong.</param>
internal sealed record AgentEvent(
    AgentEventKind Kind, string Study, uint Round, uint Rounds, string Text, double? EpsilonSpent = null);
