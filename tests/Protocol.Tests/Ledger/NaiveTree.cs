using System.Security.Cryptography;

namespace FedMeta.Protocol.Tests.Ledger;

/// <summary>The definitions of RFC 6962, section 2.1, word for word, without any thought of speed.</summary>
internal static class NaiveTree
{
    public static Sha256Digest[] Leaves { get; } =
        [.. Enumerable.Range(0, 64).Select(i => MerkleProof.LeafHash([(byte)i, 7]))];

    public static MerkleTree Tree(IEnumerable<Sha256Digest> leaves)
    {
        var tree = new MerkleTree();
        foreach (var leaf in leaves) tree.Append(leaf);
        return tree;
    }

    public static Sha256Digest Root(Sha256Digest[] d)
    {
        if (d.Length == 0) return new Sha256Digest(SHA256.HashData([]));
        if (d.Length == 1) return d[0];
        var k = Split(d.Length);
        byte[] node = [1, .. Root(d[..k]).ToArray(), .. Root(d[k..]).ToArray()];
        return new Sha256Digest(SHA256.HashData(node));
    }

    public static Sha256Digest[] Path(int m, Sha256Digest[] d)
    {
        if (d.Length == 1) return [];
        var k = Split(d.Length);
        return m < k ? [.. Path(m, d[..k]), Root(d[k..])] : [.. Path(m - k, d[k..]), Root(d[..k])];
    }

    public static Sha256Digest[] Consistency(int m, Sha256Digest[] d) => Subproof(m, d, true);

    private static Sha256Digest[] Subproof(int m, Sha256Digest[] d, bool isWhole)
    {
        if (m == d.Length) return isWhole ? [] : [Root(d)];
        var k = Split(d.Length);
        return m <= k
            ? [.. Subproof(m, d[..k], isWhole), Root(d[k..])]
            : [.. Subproof(m - k, d[k..], false), Root(d[..k])];
    }

    private static int Split(int n)
    {
        var k = 1;
        while (2 * k < n) k *= 2;
        return k;
    }
}
