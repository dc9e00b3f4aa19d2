using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Oracles;

/// <summary>merkle_rfc6962.json.</summary>
public class MerkleRfc6962
{
    private const string File = "merkle_rfc6962.json";

    private static byte[][] Leaves =>
        [.. OracleFile.Rows(File, "leaves").Select(leaf =>
            MerkleTree.LeafHash(Convert.FromHexString(leaf.GetString()!)))];

    [SharedFact("oracles/dp/merkle_rfc6962.json")]
    public void Every_root_agrees()
    {
        foreach (var row in OracleFile.Rows(File))
            Assert.Equal(row.Text("root"), Hex(MerkleTree.Root(Leaves.AsSpan(0, row.Whole("size")))));
    }

    [SharedFact("oracles/dp/merkle_rfc6962.json")]
    public void Every_inclusion_proof_agrees_and_verifies()
    {
        foreach (var row in OracleFile.Rows(File, "inclusion"))
        {
            var (size, index) = (row.Whole("size"), row.Whole("index"));
            var proof = MerkleTree.InclusionProof(Leaves.AsSpan(0, size), index);
            Assert.Equal(
                row.GetProperty("proof").EnumerateArray().Select(node => node.GetString()!), proof.Select(Hex));
            var root = MerkleTree.Root(Leaves.AsSpan(0, size));
            Assert.True(MerkleTree.VerifyInclusion(Leaves[index], index, size, proof, root));
        }
    }

    [SharedFact("oracles/dp/merkle_rfc6962.json")]
    public void Every_consistency_proof_agrees_and_verifies()
    {
        foreach (var row in OracleFile.Rows(File, "consistency"))
        {
            var (first, second) = (row.Whole("first"), row.Whole("second"));
            var proof = MerkleTree.ConsistencyProof(Leaves.AsSpan(0, second), first);
            Assert.Equal(
                row.GetProperty("proof").EnumerateArray().Select(node => node.GetString()!), proof.Select(Hex));
            var oldRoot = MerkleTree.Root(Leaves.AsSpan(0, first));
            var newRoot = MerkleTree.Root(Leaves.AsSpan(0, second));
            Assert.True(MerkleTree.VerifyConsistency(first, oldRoot, second, newRoot, proof));
        }
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
