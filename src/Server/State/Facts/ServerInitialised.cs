namespace FedMeta.Server.State.Facts;

/// <summary>The first record: the coordinator's name and the SHA-256 (hex) of the keys it was made with.</summary>
internal sealed record ServerInitialised(string Host, int Port, string AuthorityKey, string ServerKey,
    string OperatorKey,
    string Version) : Fact;
