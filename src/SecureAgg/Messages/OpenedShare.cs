namespace FedMeta.SecureAgg;

/// <summary>A share that its holder opens to the server.</summary>
/// <param name="Owner">Whose secret it is a share of.</param>
/// <param name="Value">Five field elements of 8 bytes, little-endian, 40 bytes.</param>
public sealed record OpenedShare(string Owner, ReadOnlyMemory<byte> Value);
