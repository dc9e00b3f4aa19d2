namespace FedMeta.SecureAgg;

/// <summary>Tells the right secret from a wrong one.</summary>
internal delegate bool SecretProof(ReadOnlySpan<byte> secret);
