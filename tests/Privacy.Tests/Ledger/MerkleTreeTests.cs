namespace FedMeta.Privacy.Tests.Ledger;

public class MerkleTreeTests
{
    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, 40).Select(j => MerkleTree.LeafHash([(byte)j]))];

    [Fact]
    public void Every_leaf_of_every_size_is_proved_and_no_other()
    {
        for (var size = 1; size <= Leaves.Length; size++)
        {
            var root = MerkleTree.Root(Leaves.AsSpan(0, size));
            for (var index = 0; index < size; index++)
            {
                var proof = MerkleTree.InclusionProof(Leaves.AsSpan(0, size), index);
                Assert.True(MerkleTree.VerifyInclusion(Leaves[index], index, size, proof, root));
                Assert.False(MerkleTree.VerifyInclusion(Leaves[(index + 1) % 40], index, size, proof, root));
                Assert.False(MerkleTree.VerifyInclusion(Leaves[index], index, size, [.. proof, root], root));
                if (size > 1)
                {
                    Assert.False(MerkleTree.VerifyInclusion(Leaves[index], (index + 1) % size, size, proof, root));
                    Assert.False(MerkleTree.VerifyInclusion(Leaves[index], index, size, [.. proof.Skip(1)], root));
                }
            }
        }
    }

    [Fact]
    public void Every_prefix_of_every_size_is_proved_and_a_rewritten_one_is_not()
    {
        for (var size = 1; size <= Leaves.Length; size++)
        {
            var root = MerkleTree.Root(Leaves.AsSpan(0, size));
            var rewritten = Leaves.ToArray();
            rewritten[0] = MerkleTree.LeafHash([255]);
            var otherRoot = MerkleTree.Root(rewritten.AsSpan(0, size));
            for (var old = 1; old <= size; old++)
            {
                var oldRoot = MerkleTree.Root(Leaves.AsSpan(0, old));
                var proof = MerkleTree.ConsistencyProof(Leaves.AsSpan(0, size), old);
                Assert.True(MerkleTree.VerifyConsistency(old, oldRoot, size, root, proof));
                Assert.False(MerkleTree.VerifyConsistency(old, oldRoot, size, otherRoot, proof));
                var forged = MerkleTree.ConsistencyProof(rewritten.AsSpan(0, size), old);
                Assert.False(MerkleTree.VerifyConsistency(old, oldRoot, size, otherRoot, forged));
            }
        }
    }

    [Fact]
    public void Malformed_proofs_are_refused_without_an_exception()
    {
        var root = MerkleTree.Root(Leaves);
        Assert.False(MerkleTree.VerifyInclusion(Leaves[0], 0, 40, [[1, 2, 3]], root));
        Assert.False(MerkleTree.VerifyInclusion(Leaves[0], -1, 40, [], root));
        Assert.False(MerkleTree.VerifyInclusion(Leaves[0], 40, 40, [], root));
        Assert.False(MerkleTree.VerifyInclusion([], 0, 1, [], root));
        Assert.False(MerkleTree.VerifyConsistency(0, root, 40, root, []));
        Assert.False(MerkleTree.VerifyConsistency(41, root, 40, root, []));
        Assert.False(MerkleTree.VerifyConsistency(3, root, 40, root, []));
        Assert.False(MerkleTree.VerifyConsistency(40, root, 40, root, [root]));
    }
}
