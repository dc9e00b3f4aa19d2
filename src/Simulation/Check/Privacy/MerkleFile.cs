using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>Roots, inclusion and consistency proofs of RFC 6962; every proof is made here and verified here.</summary>
internal sealed class MerkleFile() : TableFormat("merkle_rfc6962", "size", "root")
{
    protected override IReadOnlyCollection<string> Inputs { get; } = ["leaves"];

    public override bool Recognises(OracleFile file) => base.Recognises(file) && file.Has("leaves");

    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        byte[][] leaves =
            [.. file.Root.Property("leaves").EnumerateArray()
                .Select(l => MerkleTree.LeafHash(Convert.FromHexString(l.GetString()!)))];
        byte[] Root(int size) => MerkleTree.Root(leaves.AsSpan(0, size));
        switch (row.Table)
        {
            case "rows":
                report.Same(row.Id, "root", Convert.ToHexStringLower(Root(row.Whole("size"))), row.Text("root"));
                break;
            case "inclusion":
                var (size, index) = (row.Whole("size"), row.Whole("index"));
                var proof = MerkleTree.InclusionProof(leaves.AsSpan(0, size), index);
                report.Same(row.Id, "inclusion proof", Text(proof), Theirs(row));
                var included = MerkleTree.VerifyInclusion(leaves[index], index, size, proof, Root(size));
                report.Same(row.Id, "inclusion proof verified", $"{included}", "True");
                break;
            case "consistency":
                var (first, second) = (row.Whole("first"), row.Whole("second"));
                var steps = MerkleTree.ConsistencyProof(leaves.AsSpan(0, second), first);
                report.Same(row.Id, "consistency proof", Text(steps), Theirs(row));
                var consistent = MerkleTree.VerifyConsistency(first, Root(first), second, Root(second), steps);
                report.Same(row.Id, "consistency proof verified", $"{consistent}", "True");
                break;
            default:
                report.CannotCheck(row.Id, "a table that this format does not know");
                break;
        }
    }

    private static string Text(IEnumerable<byte[]> proof) => string.Join(' ', proof.Select(Convert.ToHexStringLower));

    private static string Theirs(OracleRow row) =>
        string.Join(' ', row.Element("proof").EnumerateArray().Select(n => n.GetString()));
}
