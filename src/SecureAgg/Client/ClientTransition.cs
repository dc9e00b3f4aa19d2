namespace FedMeta.SecureAgg;

/// <summary>What came of a message.</summary>
/// <param name="State">Where the client stands now. After a refusal of a message out of its turn it is the state that
/// refused; after any other refusal it is <see cref="ClientAborted"/>, and the secrets are erased.</param>
/// <param name="Outgoing">What to send, or null.</param>
/// <param name="Refusal">Why nothing is sent, or null.</param>
public sealed record ClientTransition(ClientState State, ClientMessage? Outgoing, ClientRefusal? Refusal);
