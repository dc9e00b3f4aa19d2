namespace FedMeta.SecureAgg;

/// <summary>One survivor's signature over the survivors.</summary>
/// <param name="ClientId">The signer.</param>
/// <param name="Signature">ECDSA P-256 / SHA-256, 64 bytes (IEEE P1363).</param>
public sealed record SurvivorSignature(string ClientId, ReadOnlyMemory<byte> Signature);
