namespace FedMeta.SecureAgg.Tests;

public class RosterTreeTests
{
    /// <summary>Roots that another implementation (Python's hashlib, the recursion of RFC 6962, section 2.1)
    /// gave.</summary>
    [Theory]
    [InlineData(1, "1b6f9149adc1e9eaa49fc276e4b9f7b8e807dbe3432c5a8dc74ed4e3e2ccbc2a")]
    [InlineData(2, "c246f20e6a17ade7926f537a9e6232347a63c5fb4d4bbcc1990e22739abb37e2")]
    [InlineData(3, "50ea9ca4b268e6aa1ce142cd1a7f31eb9b887539821ccab15bdb8e13ce0f1005")]
    [InlineData(5, "5db48ba83536371b3beeccb192cb49367d0b0cdaa66c82309a9a49c58329671d")]
    [InlineData(7, "5c00f161919f24ef23b657dd0ecc6a0b5cbb68a5286abfc5adf92d982950c180")]
    [InlineData(8, "fe095bf5e1fc0be8c4e4270c6e5c1b2d8d94a915d31ba5e15186ba113e34bd29")]
    [InlineData(13, "99c3febcd96798e1ea1c39c9e1b77118ec48425cf591a5ae83b520e76e1f8531")]
    public void A_roster_has_the_known_root(int count, string root) =>
        Assert.Equal(root, Convert.ToHexStringLower(new RosterTree(Entries(count)).Root));

    [Fact]
    public void Every_path_of_every_size_leads_to_the_root_and_to_it_alone()
    {
        for (var count = 1; count <= 33; count++)
        {
            var entries = Entries(count);
            var tree = new RosterTree(entries);
            for (var place = 1; place <= count; place++)
            {
                var path = tree.PathOf(place);
                Assert.True(RosterTree.Verify(tree.Root, count, place, entries[place - 1], path));
                Assert.False(RosterTree.Verify(new byte[32], count, place, entries[place - 1], path));
                Assert.False(RosterTree.Verify(tree.Root, count, place, Renamed(entries[place - 1]), path));
                Assert.False(RosterTree.Verify(tree.Root, count, place, entries[place - 1], [.. path, .. tree.Root]));
                for (var at = 0; at < path.Length; at += 17)
                {
                    var spoilt = path.ToArray();
                    spoilt[at] ^= 1;
                    Assert.False(RosterTree.Verify(tree.Root, count, place, entries[place - 1], spoilt));
                    Assert.False(RosterTree.Verify(tree.Root, count, place, entries[place - 1], path.AsSpan(..at)));
                }
            }
        }
    }

    [Fact]
    public void An_entry_is_shown_at_its_own_place_alone()
    {
        var entries = Entries(13);
        var tree = new RosterTree(entries);
        for (var place = -1; place <= 15; place++)
        {
            var shown = RosterTree.Verify(tree.Root, 13, place, entries[4], tree.PathOf(5));
            Assert.Equal(place == 5, shown);
        }
    }

    [Fact]
    public void Two_nodes_cannot_pass_for_a_leaf()
    {
        // Leaves and nodes have prefixes of their own: the root of two is not the leaf of anything that hashes alike.
        var entries = Entries(2);
        var tree = new RosterTree(entries);
        byte[] bare = System.Security.Cryptography.SHA256.HashData(
            [.. RosterTree.Leaf(entries[0]), .. RosterTree.Leaf(entries[1])]);
        Assert.NotEqual(bare, tree.Root);
    }

    private static List<RosterEntry> Entries(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new RosterEntry(Consortium.Id(i), Keys()))];

    private static RosterEntry Renamed(RosterEntry entry) => entry with { ClientId = entry.ClientId + "x" };

    private static AdvertiseKeysMessage Keys() =>
        new(Filled(6, 32), Filled(7, 32), Filled(8, 32), Filled(9, 32), Filled(10, 64));

    private static byte[] Filled(byte value, int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        return bytes;
    }
}
