namespace FedMeta.Protocol.Tests.Ledger;

public class MerkleProofTests
{
    private static readonly Sha256Digest[] Leaves = NaiveTree.Leaves;
    private static readonly MerkleTree Tree = NaiveTree.Tree(Leaves);
    private static readonly Sha256Digest Other = MerkleProof.LeafHash("other"u8);

    [Fact]
    public void Every_leaf_of_every_size_is_proved_and_no_other_leaf_place_size_or_root()
    {
        foreach (var (index, size) in Pairs(0))
        {
            var (leaf, root, proof) = (Leaves[index], Tree.Root(size), Tree.InclusionProof(index, size));
            Assert.True(MerkleProof.VerifyInclusion(leaf, index, size, proof, root));
            Assert.False(MerkleProof.VerifyInclusion(Other, index, size, proof, root));
            Assert.False(MerkleProof.VerifyInclusion(leaf, index, size, proof, Other));
            Assert.False(MerkleProof.VerifyInclusion(leaf, index, size, [.. proof, Other], root));
            Assert.False(MerkleProof.VerifyInclusion(leaf, index, size, [.. proof, .. proof, Other], root));
            for (var place = Math.Max(0, index - 3); place < Math.Min(size, index + 4); place++)
                Assert.Equal(place == index, MerkleProof.VerifyInclusion(leaf, place, size, proof, root));
            if (proof.Count == 0) continue;
            Assert.False(MerkleProof.VerifyInclusion(leaf, index, size, [.. proof.Skip(1)], root));
            Assert.False(MerkleProof.VerifyInclusion(leaf, index, size, [.. proof.SkipLast(1)], root));
        }
    }

    [Fact]
    public void Every_prefix_of_every_size_is_proved_and_no_other_size_or_root()
    {
        foreach (var (first, second) in Pairs(1))
        {
            var (older, newer) = (Tree.Root(first), Tree.Root(second));
            var proof = Tree.ConsistencyProof(first, second);
            Assert.True(MerkleProof.VerifyConsistency(first, older, second, newer, proof));
            Assert.False(MerkleProof.VerifyConsistency(first, Other, second, newer, proof));
            Assert.False(MerkleProof.VerifyConsistency(first, older, second, Other, proof));
            Assert.False(MerkleProof.VerifyConsistency(first, older, second, newer, [.. proof, Other]));
            Assert.False(MerkleProof.VerifyConsistency(first, newer, second, older, proof));
            for (var size = Math.Max(1, first - 3); size <= Math.Min(second, first + 4); size++)
                Assert.Equal(size == first, MerkleProof.VerifyConsistency(size, older, second, newer, proof));

            Assert.False(MerkleProof.VerifyConsistency(second, newer, first, older, proof));
            Assert.False(MerkleProof.VerifyConsistency(first, older, second, newer, [.. proof.Skip(1)]));
            Assert.False(MerkleProof.VerifyConsistency(first, older, second, newer, [.. proof.SkipLast(1)]));
        }
    }

    [Fact]
    public void A_changed_byte_of_a_proof_is_refused()
    {
        foreach (var (index, size) in Pairs(0))
        {
            var root = Tree.Root(size);
            foreach (var changed in Changed(Tree.InclusionProof(index, size), size))
                Assert.False(MerkleProof.VerifyInclusion(Leaves[index], index, size, changed, root));
        }

        foreach (var (first, second) in Pairs(1))
        {
            var (older, newer) = (Tree.Root(first), Tree.Root(second));
            foreach (var changed in Changed(Tree.ConsistencyProof(first, second), second))
                Assert.False(MerkleProof.VerifyConsistency(first, older, second, newer, changed));
        }
    }

    [Fact]
    public void A_rewritten_log_cannot_be_shown_to_go_on_from_the_old_one()
    {
        for (var changed = 0; changed < 9; changed++)
        {
            var rewritten = Leaves.ToArray();
            rewritten[changed] = Other;
            var tree = NaiveTree.Tree(rewritten);
            for (var first = changed + 1; first <= 40; first++)
            {
                Assert.False(MerkleProof.VerifyConsistency(
                    first, Tree.Root(first), 64, tree.Root(64), tree.ConsistencyProof(first, 64)));
                Assert.False(MerkleProof.VerifyConsistency(
                    first, Tree.Root(first), 64, tree.Root(64), Tree.ConsistencyProof(first, 64)));
            }
        }
    }

    [Fact]
    public void The_empty_tree_is_a_prefix_of_every_tree_and_needs_no_proof()
    {
        var empty = MerkleProof.EmptyRoot;
        Assert.True(MerkleProof.VerifyConsistency(0, empty, 0, empty, []));
        Assert.True(MerkleProof.VerifyConsistency(0, empty, 40, Tree.Root(40), Tree.ConsistencyProof(0, 40)));
        Assert.False(MerkleProof.VerifyConsistency(0, Other, 40, Tree.Root(40), []));
        Assert.False(MerkleProof.VerifyConsistency(0, Other, 0, Other, []));
        Assert.False(MerkleProof.VerifyConsistency(0, empty, 0, Other, []));
        Assert.False(MerkleProof.VerifyConsistency(0, empty, 40, Tree.Root(40), [Other]));
        Assert.False(MerkleProof.VerifyInclusion(empty, 0, 0, [], empty));
    }

    [Fact]
    public void Numbers_and_proofs_from_nowhere_are_refused_without_an_exception()
    {
        long[] numbers = [long.MinValue, -1, 0, 1, 2, 63, 64, 65, 1L << 40, (1L << 62) + 1, long.MaxValue];
        var long64 = Enumerable.Repeat(Other, MerkleProof.MaxLength).ToArray();
        Sha256Digest[][] proofs = [[], [Other], long64, [.. long64, Other]];
        foreach (var a in numbers)
        {
            foreach (var b in numbers)
            {
                foreach (var proof in proofs)
                {
                    Assert.False(MerkleProof.VerifyInclusion(Other, a, b, proof, Leaves[0]));
                    Assert.False(MerkleProof.VerifyConsistency(a, Other, b, Leaves[0], proof));
                }
            }
        }
    }

    private static IEnumerable<(int First, int Size)> Pairs(int from)
    {
        for (var size = 1; size <= Leaves.Length; size++)
        {
            for (var first = from; first < size; first++) yield return (first, size);
        }
    }

    // Every byte in trees of up to 16 leaves and of 64; one byte of each hash in the others.
    private static IEnumerable<Sha256Digest[]> Changed(IReadOnlyList<Sha256Digest> proof, int size)
    {
        var step = size is <= 16 or 64 ? 1 : Sha256Digest.Length;
        for (var node = 0; node < proof.Count; node++)
        {
            for (var at = 0; at < Sha256Digest.Length; at += step)
            {
                var bytes = proof[node].ToArray();
                bytes[at] ^= 0x10;
                Sha256Digest[] changed = [.. proof];
                changed[node] = new Sha256Digest(bytes);
                yield return changed;
            }
        }
    }
}
