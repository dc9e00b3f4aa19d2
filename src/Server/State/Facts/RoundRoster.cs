namespace FedMeta.Server.State.Facts;

/// <summary>The members whose keys form a sum's roster, in its order. <c>Group</c> is 0 where the round has one
/// sum.</summary>
internal sealed record RoundRoster(string Study, int Round, int Attempt, int Group, IReadOnlyList<string> Clients)
    : Fact;
