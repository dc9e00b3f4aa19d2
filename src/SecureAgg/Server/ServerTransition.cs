namespace FedMeta.SecureAgg;

/// <summary>What came of closing a phase.</summary>
/// <param name="State">Where the round stands now.</param>
/// <param name="Outgoing">One message for every client that is still in; empty at the end.</param>
public sealed record ServerTransition(ServerState State, IReadOnlyDictionary<string, ServerMessage> Outgoing);
