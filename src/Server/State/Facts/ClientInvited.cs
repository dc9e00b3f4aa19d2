namespace FedMeta.Server.State.Facts;

/// <summary>An invite was made. Only the hash of its one-time secret is kept.</summary>
internal sealed record ClientInvited(string Client, string Name, string SecretHash, long ExpiresAt) : Fact;
