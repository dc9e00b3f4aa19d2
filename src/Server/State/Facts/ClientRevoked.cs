namespace FedMeta.Server.State.Facts;

/// <summary>From this record on every call of the client is refused.</summary>
internal sealed record ClientRevoked(string Client) : Fact;
