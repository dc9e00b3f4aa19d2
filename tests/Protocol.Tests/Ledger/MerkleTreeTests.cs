using System.Text.Json;
using FedMeta.Tests.Support;

namespace FedMeta.Protocol.Tests.Ledger;

public class MerkleTreeTests
{
    private static readonly Sha256Digest[] Leaves = NaiveTree.Leaves;
    private static readonly MerkleTree Tree = NaiveTree.Tree(Leaves);

    [Fact]
    public void Roots_and_proofs_of_all_sizes_up_to_64_are_those_of_the_definition()
    {
        for (var size = 0; size <= Leaves.Length; size++)
        {
            Assert.Equal(NaiveTree.Root(Leaves[..size]), Tree.Root(size));
            for (var index = 0; index < size; index++)
                Assert.Equal(NaiveTree.Path(index, Leaves[..size]), Tree.InclusionProof(index, size));
            for (var first = 1; first <= size; first++)
                Assert.Equal(NaiveTree.Consistency(first, Leaves[..size]), Tree.ConsistencyProof(first, size));
        }
    }

    [Fact]
    public void A_tree_that_is_still_growing_answers_as_one_that_has_grown()
    {
        var growing = new MerkleTree();
        for (var size = 1; size <= Leaves.Length; size++)
        {
            growing.Append(Leaves[size - 1]);
            Assert.Equal(size, growing.Size);
            Assert.Equal(Tree.Root(size), growing.Root());
            Assert.Equal(Tree.InclusionProof(size / 2, size), growing.InclusionProof(size / 2, size));
            Assert.Equal(Tree.ConsistencyProof(size / 2, size), growing.ConsistencyProof(size / 2, size));
        }
    }

    [SharedFact("oracles/dp/merkle_rfc6962.json")]
    public void Roots_and_proofs_are_those_of_the_reference_tables()
    {
        var path = SharedFolder.Find("oracles/dp/merkle_rfc6962.json")!;
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = file.RootElement;
        var tree = NaiveTree.Tree(root.GetProperty("leaves").EnumerateArray()
            .Select(leaf => MerkleProof.LeafHash(Convert.FromHexString(leaf.GetString()!))));
        foreach (var row in root.GetProperty("rows").EnumerateArray())
            Assert.Equal(row.GetProperty("root").GetString(), $"{tree.Root(Number(row, "size"))}");
        foreach (var row in root.GetProperty("inclusion").EnumerateArray())
            Assert.Equal(Proof(row), tree.InclusionProof(Number(row, "index"), Number(row, "size")));
        foreach (var row in root.GetProperty("consistency").EnumerateArray())
            Assert.Equal(Proof(row), tree.ConsistencyProof(Number(row, "first"), Number(row, "second")));
        Assert.Equal(8, tree.Size);
        Assert.StartsWith("5dc9da79", $"{tree.Root()}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_about_leaves_that_are_not_there_is_misuse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.Root(65));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.Root(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.InclusionProof(0, 65));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.InclusionProof(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.InclusionProof(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.InclusionProof(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.ConsistencyProof(4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.ConsistencyProof(3, 65));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.ConsistencyProof(-1, 3));
    }

    private static int Number(JsonElement row, string name) => row.GetProperty(name).GetInt32();

    private static Sha256Digest[] Proof(JsonElement row) =>
        [.. row.GetProperty("proof").EnumerateArray()
            .Select(node => new Sha256Digest(Convert.FromHexString(node.GetString()!)))];
}
