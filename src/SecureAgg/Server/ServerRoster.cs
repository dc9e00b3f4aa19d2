namespace FedMeta.SecureAgg;

/// <summary>What the server carries through the phases once the roster is made.</summary>
/// <param name="Agreed">All entries, their hash and ctx.</param>
/// <param name="Graph">Who shares with whom.</param>
/// <param name="Threads">How many threads the last phase may use.</param>
internal sealed record ServerRoster(AgreedRoster Agreed, RosterGraph Graph, int Threads)
{
    public RoundContext Context => Agreed.Context;

    public int Count => Agreed.Count;

    public string IdAt(int place) => Agreed.Entries[place - 1].ClientId;
}
