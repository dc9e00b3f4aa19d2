using System.Numerics;
using System.Security.Cryptography;

namespace FedMeta.Protocol;

/// <summary>
/// What can be checked of an append-only log without having it (RFC 6962, section 2.1; the algorithms are those of
/// RFC 9162, sections 2.1.3.2 and 2.1.4.2): leaf hash SHA-256(0x00 | leaf), node hash SHA-256(0x01 | left | right),
/// split at the largest power of two below the size. Sizes, hashes and proofs may come from anyone: every wrong one
/// gives false, none an exception, and the work is bounded by the 63 levels of a tree.
/// </summary>
public static class MerkleProof
{
    /// <summary>Most hashes of a proof of either kind.</summary>
    public const int MaxLength = 64;

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static Sha256Digest EmptyRoot { get; } = Sha256Digest.Of([]);

    /// <summary>The hash of a leaf's bytes.</summary>
    public static Sha256Digest LeafHash(ReadOnlySpan<byte> leaf)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(leaf);
        Span<byte> bytes = stackalloc byte[Sha256Digest.Length];
        hash.GetHashAndReset(bytes);
        return new Sha256Digest(bytes);
    }

    /// <summary>The hash of a node above two others.</summary>
    public static Sha256Digest NodeHash(Sha256Digest left, Sha256Digest right)
    {
        Span<byte> node = stackalloc byte[1 + 2 * Sha256Digest.Length];
        node[0] = 1;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + Sha256Digest.Length)..]);
        return Sha256Digest.Of(node);
    }

    /// <summary>Whether the proof shows the leaf at the index of the tree with the size and root.</summary>
    /// <param name="leafHash">From <see cref="LeafHash"/>.</param>
    /// <param name="index">From 0.</param>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="proof">Lowest sibling first.</param>
    /// <param name="root">The tree's root, from a checkpoint that is trusted.</param>
    public static bool VerifyInclusion(
        Sha256Digest leafHash, long index, long size, IReadOnlyList<Sha256Digest> proof, Sha256Digest root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size || proof.Count > MaxLength) return false;
        var hash = leafHash;
        var (position, last) = (index, size - 1);
        foreach (var sibling in proof)
        {
            if (last == 0) return false;
            if ((position & 1) == 1 || position == last)
            {
                hash = NodeHash(sibling, hash);
                Climb(ref position, ref last);
            }
            else
            {
                hash = NodeHash(hash, sibling);
            }

            (position, last) = (position >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    /// <summary>
    /// Whether the proof shows that the first tree is a prefix of the second. The empty tree is a prefix of every tree
    /// and needs no proof, so a first size of 0 says nothing about the second root.
    /// </summary>
    /// <param name="first">Leaves of the older tree.</param>
    /// <param name="firstRoot">Its root.</param>
    /// <param name="second">Leaves of the newer tree, at least as many.</param>
    /// <param name="secondRoot">Its root.</param>
    /// <param name="proof">As <see cref="MerkleTree.ConsistencyProof"/> gives it.</param>
    public static bool VerifyConsistency(
        long first,
        Sha256Digest firstRoot,
        long second,
        Sha256Digest secondRoot,
        IReadOnlyList<Sha256Digest> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (first < 0 || first > second || proof.Count > MaxLength) return false;
        if (first == 0 && firstRoot != EmptyRoot) return false;
        if (first == second) return proof.Count == 0 && firstRoot == secondRoot;
        if (first == 0) return proof.Count == 0;

        // A complete older tree is itself the first node of the path and is left out of the proof.
        var isComplete = BitOperations.IsPow2(first);
        if (proof.Count == 0) return false;
        var start = isComplete ? firstRoot : proof[0];
        var (older, newer) = (start, start);
        var (position, last) = (first - 1, second - 1);
        while ((position & 1) == 1) (position, last) = (position >> 1, last >> 1);
        foreach (var node in proof.Skip(isComplete ? 0 : 1))
        {
            if (last == 0) return false;
            if ((position & 1) == 1 || position == last)
            {
                (older, newer) = (NodeHash(node, older), NodeHash(node, newer));
                Climb(ref position, ref last);
            }
            else
            {
                newer = NodeHash(newer, node);
            }

            (position, last) = (position >> 1, last >> 1);
        }

        return last == 0 && older == firstRoot && newer == secondRoot;
    }

    // A node without a sibling on its right moves up unchanged until it is itself a right child.
    private static void Climb(ref long position, ref long last)
    {
        while ((position & 1) == 0 && position != 0) (position, last) = (position >> 1, last >> 1);
    }
}
