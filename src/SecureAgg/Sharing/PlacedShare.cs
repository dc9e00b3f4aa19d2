namespace FedMeta.SecureAgg;

/// <summary>A share and its Shamir coordinate.</summary>
internal readonly record struct PlacedShare(int Place, ReadOnlyMemory<byte> Value);
