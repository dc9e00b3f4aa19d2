using FedMeta.Protocol;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>Roots, inclusion and consistency proofs of RFC 6962; every proof is made here and verified here.</summary>
internal sealed class MerkleFile() : TableFormat("merkle_rfc6962", "size", "root")
{
    protected override IReadOnlyCollection<string> Inputs { get; } = ["leaves"];

    public override bool Recognises(OracleFile file) => base.Recognises(file) && file.Has("leaves");

    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var tree = new MerkleTree();
        foreach (var leaf in file.Root.Property("leaves").EnumerateArray())
            tree.Append(MerkleProof.LeafHash(Convert.FromHexString(leaf.GetString()!)));
        switch (row.Table)
        {
            case "rows":
                report.Same(row.Id, "root", $"{tree.Root(row.Whole("size"))}", row.Text("root"));
                break;
            case "inclusion":
                var (size, index) = (row.Whole("size"), row.Whole("index"));
                var proof = tree.InclusionProof(index, size);
                report.Same(row.Id, "inclusion proof", Text(proof), Theirs(row));
                var included = MerkleProof.VerifyInclusion(tree.Leaf(index), index, size, proof, tree.Root(size));
                report.Same(row.Id, "inclusion proof verified", $"{included}", "True");
                break;
            case "consistency":
                var (first, second) = (row.Whole("first"), row.Whole("second"));
                var steps = tree.ConsistencyProof(first, second);
                report.Same(row.Id, "consistency proof", Text(steps), Theirs(row));
                var consistent = MerkleProof.VerifyConsistency(
                    first, tree.Root(first), second, tree.Root(second), steps);
                report.Same(row.Id, "consistency proof verified", $"{consistent}", "True");
                break;
            default:
                report.CannotCheck(row.Id, "a table that this format does not know");
                break;
        }
    }

    private static string Text(IEnumerable<Sha256Digest> proof) => string.Join(' ', proof);

    private static string Theirs(OracleRow row) =>
        string.Join(' ', row.Element("proof").EnumerateArray().Select(n => n.GetString()));
}
