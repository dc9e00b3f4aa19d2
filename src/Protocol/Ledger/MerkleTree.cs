using System.Numerics;

namespace FedMeta.Protocol;

/// <summary>
/// The append-only Merkle tree of RFC 6962, section 2.1, over SHA-256, with the hash of every complete subtree kept:
/// an append costs one hash on average, a root of any size and a proof at most some sixty. What it proves is checked
/// with <see cref="MerkleProof"/>.
/// </summary>
/// <remarks>Holds 64 bytes a leaf. Not safe for use by several threads at a time.</remarks>
public sealed class MerkleTree
{
    // [k][j] is the root over the leaves from j 2^k up to (j + 1) 2^k.
    private readonly List<List<Sha256Digest>> _levels = [[]];

    /// <summary>Number of leaves.</summary>
    public int Size => _levels[0].Count;

    /// <summary>Adds a leaf by its hash, <see cref="MerkleProof.LeafHash"/>.</summary>
    public void Append(Sha256Digest leafHash)
    {
        _levels[0].Add(leafHash);
        for (var level = 0; _levels[level].Count % 2 == 0; level++)
        {
            if (level + 1 == _levels.Count) _levels.Add([]);
            var below = _levels[level];
            _levels[level + 1].Add(MerkleProof.NodeHash(below[^2], below[^1]));
        }
    }

    /// <summary>The hash of a leaf.</summary>
    /// <param name="index">From 0, below <see cref="Size"/>.</param>
    public Sha256Digest Leaf(int index) => _levels[0][index];

    /// <summary>The root over all leaves.</summary>
    public Sha256Digest Root() => Root(Size);

    /// <summary>The root that the tree had when it held the first <paramref name="size"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More leaves than there are, or fewer than none.</exception>
    public Sha256Digest Root(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size == 0 ? MerkleProof.EmptyRoot : Subtree(0, size);
    }

    /// <summary>The audit path of a leaf in the tree of the first <paramref name="size"/> leaves, lowest sibling first
    /// (RFC 6962, section 2.1.1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf or size.</exception>
    public IReadOnlyList<Sha256Digest> InclusionProof(int index, int size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<Sha256Digest>();
        for (var start = 0; size > 1;)
        {
            var split = Split(size);
            var isLeft = index - start < split;
            proof.Add(isLeft ? Subtree(start + split, size - split) : Subtree(start, split));
            (start, size) = isLeft ? (start, split) : (start + split, size - split);
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>The proof that the first <paramref name="first"/> leaves are a prefix of the first
    /// <paramref name="second"/> (RFC 6962, section 2.1.2). Empty where the sizes are equal or the first is
    /// 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sizes are not in order, or there are fewer
    /// leaves.</exception>
    public IReadOnlyList<Sha256Digest> ConsistencyProof(int first, int second)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(second, Size);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var proof = new List<Sha256Digest>();
        if (first == 0) return proof;
        var (start, size) = (0, second);
        while (start + size != first)
        {
            var split = Split(size);
            var isLeft = first - start <= split;
            proof.Add(isLeft ? Subtree(start + split, size - split) : Subtree(start, split));
            (start, size) = isLeft ? (start, split) : (start + split, size - split);
        }

        // The old root itself is known to who asks.
        if (start > 0) proof.Add(Subtree(start, size));
        proof.Reverse();
        return proof;
    }

    // The range is one that the recursion of RFC 6962 reaches: its start is a multiple of the power of two above it.
    private Sha256Digest Subtree(int start, int size)
    {
        if (BitOperations.IsPow2(size)) return _levels[BitOperations.Log2((uint)size)][start / size];
        var split = Split(size);
        return MerkleProof.NodeHash(Subtree(start, split), Subtree(start + split, size - split));
    }

    /// <summary>The largest power of two below the size, which is at least 2.</summary>
    private static int Split(int size) => 1 << BitOperations.Log2((uint)size - 1);
}
