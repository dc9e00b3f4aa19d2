namespace FedMeta.SecureAgg;

/// <summary>That an entry stands in a roster, for a client that is not shown the whole of it.</summary>
/// <param name="Place">Where it stands among all entries, from 1.</param>
/// <param name="Path">The hashes beside the way up to the root, one behind the other, 32 bytes each
/// (RFC 6962, section 2.1.1).</param>
public sealed record InclusionProof(int Place, ReadOnlyMemory<byte> Path);
