namespace FedMeta.SecureAgg.Tests;

/// <summary>One client as the wire sees it, whoever runs it and however weak it is.</summary>
internal abstract class ClientActor(string id)
{
    public string Id { get; } = id;

    /// <summary>The last refusal; null for none.</summary>
    public ClientRefusal? Refusal { get; protected set; }

    /// <summary>Joins the round; null where the client refuses.</summary>
    public abstract ClientMessage? Start();

    /// <summary>Takes a message of the server; the answer, or null where the client refuses.</summary>
    public abstract ClientMessage? Receive(ServerMessage message);
}
