namespace FedMeta.Server.State.Facts;

/// <summary>The members whose keys form the roster, in its order.</summary>
internal sealed record RoundRoster(string Study, int Round, int Attempt, IReadOnlyList<string> Clients) : Fact;
