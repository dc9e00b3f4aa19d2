namespace FedMeta.SecureAgg.Tests;

/// <summary>Clients that side with the server: they keep to the protocol on the wire, tell the server all that they
/// know and sign whatever it wants.</summary>
internal sealed class ColludingClients
{
    private readonly List<WeakClient> _clients = [];

    public IReadOnlyList<string> Ids => [.. _clients.Select(client => client.Id)];

    public void Add(WeakClient client) => _clients.Add(client);

    /// <summary>Their own secrets, and both shares of everyone's that they were given.</summary>
    public void Tell(Knowledge knowledge)
    {
        foreach (var client in _clients)
        {
            knowledge.Secrets(client.Id, client.Seed, client.Keys.MaskKey);
            var owners = client.Sharers.Append(client.Id).Order(StringComparer.Ordinal).ToList();
            knowledge.Opened(client.Id, client.Held.Open(owners, owners));
        }
    }

    /// <summary>Their signatures over any list that they stand in.</summary>
    public IEnumerable<SurvivorSignature> Sign(IReadOnlyList<string> survivors) =>
        _clients.Where(client => survivors.Contains(client.Id)).Select(client => client.Sign(survivors));
}
