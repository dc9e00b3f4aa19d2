using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.SecureAgg.Tests;

public class HararyGraphTests
{
    private static readonly byte[] Counting = [.. Enumerable.Range(0, HararyGraph.SeedLength).Select(i => (byte)i)];

    [Fact]
    public void The_neighbours_are_those_of_an_independent_implementation()
    {
        // From another language and library: AES-256-CTR words under the seed 00 01 .. 1f, then the same shuffle.
        var small = new HararyGraph(Counting, 16, 4);
        Assert.Equal([4, 7, 10, 12], small.NeighboursOf(1));
        Assert.Equal([2, 3, 11, 15], small.NeighboursOf(16));

        var middle = new HararyGraph(Counting, 1000, 6);
        Assert.Equal([9, 29, 57, 173, 713, 736], middle.NeighboursOf(1));
        Assert.Equal([167, 251, 392, 565, 900, 986], middle.NeighboursOf(1000));
    }

    [Fact]
    public void The_greatest_graph_is_that_of_an_independent_implementation()
    {
        var graph = new HararyGraph(Counting, GraphParameterFinder.MaxClients, 96);
        var bytes = new byte[96 * sizeof(int)];
        var found = graph.NeighboursOf(GraphParameterFinder.MaxClients);
        for (var i = 0; i < found.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i * sizeof(int)), found[i]);
        }

        Assert.Equal(
            "f588f439a090b1c608fa9e2e3c58ab86b6cb2e5fcb2e12f81d735e27fb66bf0e",
            Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void Everyone_has_k_ascending_neighbours_never_itself_and_always_in_turn()
    {
        Prop.ForAll<int, int, int>((salt, size, degree) =>
        {
            var clients = 3 + (int)((uint)size % 90);
            var neighbours = 2 + (2 * (int)((uint)degree % (uint)((clients - 1) / 2)));
            var graph = new HararyGraph(SeedOf(salt), clients, neighbours);
            for (var place = 1; place <= clients; place++)
            {
                var found = graph.NeighboursOf(place);
                Assert.Equal(neighbours, found.Distinct().Count());
                Assert.Equal(found.Order(), found);
                Assert.All(found, other => Assert.Contains(place, graph.NeighboursOf(other)));
                var asked = Enumerable.Range(1, clients).Where(other => graph.AreNeighbours(place, other));
                Assert.Equal(found, asked);
                Assert.DoesNotContain(place, found);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(10_000));
    }

    [Fact]
    public void Other_seeds_give_other_rings_and_each_neighbour_comes_equally_often()
    {
        const int Rings = 6000;
        var counts = new int[6];
        for (var salt = 0; salt < Rings; salt++)
        {
            foreach (var other in new HararyGraph(SeedOf(salt), 6, 2).NeighboursOf(1)) counts[other - 1]++;
        }

        // Each of the five others with 2/5: 2400 of 6000, six standard deviations are 228.
        Assert.Equal(0, counts[0]);
        Assert.All(counts[1..], count => Assert.InRange(count, 2400 - 228, 2400 + 228));
    }

    [Fact]
    public void The_graph_falls_apart_only_where_half_a_degree_of_successive_clients_is_gone_at_two_places()
    {
        // The step under the bound of the finder, over every set of clients that may be gone.
        const int Clients = 13, Neighbours = 4;
        var graph = new HararyGraph(Counting, Clients, Neighbours);
        var parted = 0;
        for (var gone = 0; gone < 1 << Clients; gone++)
        {
            if (IsConnected(graph, gone)) continue;
            parted++;
            Assert.True(HasTwoGaps(graph, gone), $"{gone:x}");
        }

        Assert.NotEqual(0, parted);
    }

    [Theory]
    [InlineData(31, 10, 4)]
    [InlineData(33, 10, 4)]
    [InlineData(32, 10, 3)]
    [InlineData(32, 10, 0)]
    [InlineData(32, 10, 10)]
    [InlineData(32, GraphParameterFinder.MaxClients + 1, 4)]
    public void A_graph_of_impossible_numbers_is_refused(int seed, int clients, int neighbours)
    {
        Assert.ThrowsAny<ArgumentException>(() => new HararyGraph(new byte[seed], clients, neighbours));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void A_place_outside_the_roster_is_refused(int place)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new HararyGraph(Counting, 10, 4).NeighboursOf(place));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HararyGraph(Counting, 10, 4).AreNeighbours(1, place));
    }

    private static byte[] SeedOf(int salt) => SHA256.HashData(BitConverter.GetBytes(salt));

    private static bool IsConnected(HararyGraph graph, int gone)
    {
        var left = Enumerable.Range(1, graph.Clients).Where(place => (gone >> (place - 1) & 1) == 0).ToHashSet();
        if (left.Count == 0) return true;
        var open = new Stack<int>([left.First()]);
        left.Remove(open.Peek());
        while (open.TryPop(out var place))
        {
            foreach (var other in graph.NeighboursOf(place))
            {
                if (left.Remove(other)) open.Push(other);
            }
        }

        return left.Count == 0;
    }

    // Walks the ring by nearest neighbours, so that the test knows the order only through the graph.
    private static bool HasTwoGaps(HararyGraph graph, int gone)
    {
        var order = new HararyGraph(Counting, graph.Clients, 2);
        var ring = new List<int> { 1, order.NeighboursOf(1)[0] };
        while (ring.Count < graph.Clients) ring.Add(order.NeighboursOf(ring[^1]).Single(next => next != ring[^2]));
        var present = ring.Select(place => (gone >> (place - 1) & 1) == 0).ToArray();
        var gaps = 0;
        for (var i = 0; i < ring.Count; i++)
        {
            if (!present[i]) continue;
            var length = 1;
            while (!present[(i + length) % ring.Count]) length++;
            if (length > graph.Neighbours / 2) gaps++;
        }

        return gaps >= 2 && BitOperations.PopCount((uint)gone) >= graph.Neighbours;
    }
}
