using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>The Merkle tree over a roster's entries (RFC 6962, section 2.1: leaves and nodes under prefixes of their
/// own, the left half of n entries being the greatest power of two below n). Its root commits to the whole roster, and
/// a path of about log2 n hashes shows one entry in it.</summary>
internal sealed class RosterTree
{
    public const int HashLength = 32;
    private const byte LeafPrefix = 0, NodePrefix = 1;
    private readonly List<byte[][]> _levels = [];

    public RosterTree(IReadOnlyList<RosterEntry> entries)
    {
        var level = entries.Select(Leaf).ToArray();
        _levels.Add(level);
        while (level.Length > 1)
        {
            var above = new byte[(level.Length + 1) / 2][];
            for (var i = 0; i < above.Length; i++)
            {
                // An odd one at the end moves up as it is, which gives RFC 6962's split.
                above[i] = (2 * i) + 1 < level.Length ? Node(level[2 * i], level[(2 * i) + 1]) : level[2 * i];
            }

            _levels.Add(level = above);
        }
    }

    /// <summary>32 bytes.</summary>
    public byte[] Root => _levels[^1].Length == 0 ? SHA256.HashData([]) : _levels[^1][0];

    /// <summary>The hash of one entry, under the leaf's prefix.</summary>
    public static byte[] Leaf(RosterEntry entry) => SHA256.HashData([LeafPrefix, .. Statements.Entry(entry)]);

    /// <summary>The hashes beside the way from a place's leaf up to the root, one behind the other.</summary>
    /// <param name="place">From 1.</param>
    public byte[] PathOf(int place)
    {
        var path = new List<byte>();
        var index = place - 1;
        foreach (var level in _levels.SkipLast(1))
        {
            var sibling = index ^ 1;
            if (sibling < level.Length) path.AddRange(level[sibling]);
            index >>= 1;
        }

        return [.. path];
    }

    /// <summary>Whether the entry stands at the place in a roster of that size with that root.</summary>
    /// <param name="root">32 bytes.</param>
    /// <param name="count">Entries of the roster, from 1.</param>
    /// <param name="place">1 to <paramref name="count"/>.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="path">As from <see cref="PathOf"/>; any bytes.</param>
    public static bool Verify(
        ReadOnlySpan<byte> root, int count, int place, RosterEntry entry, ReadOnlySpan<byte> path)
    {
        if (place < 1 || place > count) return false;
        var hash = Leaf(entry);
        var index = place - 1;
        for (var width = count; width > 1; width = (width + 1) / 2, index >>= 1)
        {
            if ((index ^ 1) >= width) continue;
            if (path.Length < HashLength) return false;
            var sibling = path[..HashLength];
            hash = (index & 1) == 0 ? Node(hash, sibling) : Node(sibling, hash);
            path = path[HashLength..];
        }

        return path.IsEmpty && root.SequenceEqual(hash);
    }

    private static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * HashLength)];
        node[0] = NodePrefix;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + HashLength)..]);
        return SHA256.HashData(node);
    }
}
