namespace FedMeta.SecureAgg;

/// <summary>A stretch of a vector and the counter of the block that masks its first entry.</summary>
internal readonly record struct MaskPiece(RingVector Vector, int First, int Count, uint Counter);
