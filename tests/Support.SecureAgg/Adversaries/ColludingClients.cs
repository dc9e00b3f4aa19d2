namespace FedMeta.SecureAgg.Tests;

/// <summary>Clients that side with the server: they keep to the protocol on the wire, tell the server all that they
/// know and sign whatever it wants.</summary>
internal sealed class ColludingClients(IReadOnlyList<WeakClient> clients)
{
    public IReadOnlyList<string> Ids { get; } = [.. clients.Select(client => client.Id)];

    /// <summary>Their own secrets, and both shares of everyone's that they were given.</summary>
    public void Tell(Knowledge knowledge)
    {
        foreach (var client in clients)
        {
            knowledge.Secrets(client.Id, client.Seed, client.Keys.MaskKey);
            var owners = client.Sharers.Order(StringComparer.Ordinal).ToList();
            knowledge.Opened(client.Id, client.Held.Open(owners, owners));
        }
    }

    /// <summary>Their signatures over any list that they stand in.</summary>
    public IEnumerable<SurvivorSignature> Sign(IReadOnlyList<string> survivors) =>
        clients.Where(client => survivors.Contains(client.Id)).Select(client => client.Sign(survivors));
}
