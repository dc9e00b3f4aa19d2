using System.Security.Cryptography;

namespace FedMeta.Privacy;

/// <summary>
/// The append-only Merkle tree of RFC 6962, section 2.1, over SHA-256: leaf hash SHA-256(0x00 | leaf), node hash
/// SHA-256(0x01 | left | right), split at the largest power of two below the size. Consistency proofs show that an old
/// ledger is a prefix of a new one; inclusion proofs that an entry stands in it.
/// </summary>
public static class MerkleTree
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>The hash of a leaf's bytes.</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> leaf) => SHA256.HashData([0, .. leaf]);

    /// <summary>The root over leaf hashes; SHA-256 of nothing for an empty tree.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leafHashes) => leafHashes.Length switch
    {
        0 => SHA256.HashData([]),
        1 => leafHashes[0],
        var size => NodeHash(Root(leafHashes[..Split(size)]), Root(leafHashes[Split(size)..])),
    };

    /// <summary>The audit path of leaf <paramref name="index"/>, lowest sibling first.</summary>
    public static IReadOnlyList<byte[]> InclusionProof(ReadOnlySpan<byte[]> leafHashes, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, leafHashes.Length);
        var proof = new List<byte[]>();
        Path(leafHashes, index, proof);
        return proof;
    }

    /// <summary>The proof that the first <paramref name="oldSize"/> leaves are a prefix, 1 to all of them.</summary>
    public static IReadOnlyList<byte[]> ConsistencyProof(ReadOnlySpan<byte[]> leafHashes, int oldSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(oldSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, leafHashes.Length);
        var proof = new List<byte[]>();
        Prefix(leafHashes, oldSize, isWhole: true, proof);
        return proof;
    }

    /// <summary>Whether the proof shows the leaf at the index of the tree with the size and root. Any bytes are
    /// safe.</summary>
    public static bool VerifyInclusion(
        ReadOnlySpan<byte> leafHash, long index, long size, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size || leafHash.Length != HashSize || !AllHashes(proof)) return false;
        var hash = leafHash.ToArray();
        var position = index;
        var last = size - 1;
        foreach (var sibling in proof)
        {
            if (last == 0) return false;
            if ((position & 1) == 1 || position == last)
            {
                hash = NodeHash(sibling, hash);
                while ((position & 1) == 0 && position != 0) (position, last) = (position >> 1, last >> 1);
            }
            else
            {
                hash = NodeHash(hash, sibling);
            }

            (position, last) = (position >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether the proof shows that the old tree is a prefix of the new one. Any bytes are safe.</summary>
    public static bool VerifyConsistency(
        long oldSize, ReadOnlySpan<byte> oldRoot, long newSize, ReadOnlySpan<byte> newRoot, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (oldSize < 1 || oldSize > newSize || oldRoot.Length != HashSize || !AllHashes(proof)) return false;
        if (oldSize == newSize) return proof.Count == 0 && oldRoot.SequenceEqual(newRoot);

        // A complete old tree is itself the first node of the path and is left out of the proof.
        var path = (oldSize & (oldSize - 1)) == 0 ? [oldRoot.ToArray(), .. proof] : proof.ToArray();
        if (path.Length == 0) return false;
        var (position, last) = (oldSize - 1, newSize - 1);
        while ((position & 1) == 1) (position, last) = (position >> 1, last >> 1);
        var (oldHash, newHash) = (path[0], path[0]);
        foreach (var node in path.AsSpan(1))
        {
            if (last == 0) return false;
            if ((position & 1) == 1 || position == last)
            {
                (oldHash, newHash) = (NodeHash(node, oldHash), NodeHash(node, newHash));
                while ((position & 1) == 0 && position != 0) (position, last) = (position >> 1, last >> 1);
            }
            else
            {
                newHash = NodeHash(newHash, node);
            }

            (position, last) = (position >> 1, last >> 1);
        }

        return last == 0 && oldRoot.SequenceEqual(oldHash) && newRoot.SequenceEqual(newHash);
    }

    private static byte[] NodeHash(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    /// <summary>The largest power of two below the size, which is at least 2.</summary>
    private static int Split(int size) => (int)(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)size) / 2);

    private static void Path(ReadOnlySpan<byte[]> leaves, int index, List<byte[]> proof)
    {
        if (leaves.Length == 1) return;
        var split = Split(leaves.Length);
        var isLeft = index < split;
        Path(isLeft ? leaves[..split] : leaves[split..], isLeft ? index : index - split, proof);
        proof.Add(Root(isLeft ? leaves[split..] : leaves[..split]));
    }

    private static void Prefix(ReadOnlySpan<byte[]> leaves, int oldSize, bool isWhole, List<byte[]> proof)
    {
        if (oldSize == leaves.Length)
        {
            if (!isWhole) proof.Add(Root(leaves));
            return;
        }

        var split = Split(leaves.Length);
        if (oldSize <= split)
        {
            Prefix(leaves[..split], oldSize, isWhole, proof);
            proof.Add(Root(leaves[split..]));
        }
        else
        {
            Prefix(leaves[split..], oldSize - split, isWhole: false, proof);
            proof.Add(Root(leaves[..split]));
        }
    }

    private static bool AllHashes(IReadOnlyList<byte[]> proof) => proof.All(hash => hash is { Length: HashSize });
}
