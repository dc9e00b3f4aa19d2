namespace FedMeta.SecureAgg.Tests;

public class GraphParameterFinderTests
{
    private static readonly int[] Sizes = [16, 50, 100, 200, 500, 1000, 10_000, 100_000];

    // The published finder's own results, as k/t by size; percentages of colluders and dropouts.
    private static readonly (AdversaryClass Class, int Colluding, int Dropping, string Cells)[] Published =
    [
        (AdversaryClass.Curious, 5, 5, "2/2 6/3 12/6 20/11 28/16 30/17 34/20 36/21"),
        (AdversaryClass.Curious, 10, 10, "4/2 12/6 22/11 34/19 42/24 48/27 54/31 58/33"),
        (AdversaryClass.Curious, 33, 10, "8/6 22/17 42/32 66/47 90/64 102/72 126/88 138/96"),
        (AdversaryClass.SemiMalicious, 10, 10, "4/3 16/11 32/22 56/39 82/57 96/67 122/85 134/93"),
        (AdversaryClass.SemiMalicious, 33, 10, "8/7 28/23 54/44 98/78 168/132 218/171 310/242 348/271"),
        (AdversaryClass.SemiMalicious, 33, 33, "full full full full full full full full"),
    ];

    public static TheoryData<AdversaryClass, int, int, int, string> Table()
    {
        var table = new TheoryData<AdversaryClass, int, int, int, string>();
        foreach (var row in Published)
        {
            foreach (var (size, cell) in Sizes.Zip(row.Cells.Split(' ')))
            {
                table.Add(row.Class, size, size * row.Colluding / 100, size * row.Dropping / 100, cell);
            }
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void The_finder_agrees_with_the_published_table(
        AdversaryClass adversary, int clients, int colluders, int dropouts, string cell)
    {
        var found = GraphParameterFinder.Find(clients, colluders, dropouts, adversary);
        Assert.Equal(cell, found is null ? "full" : $"{found.Neighbours}/{found.Threshold}");
    }

    [Theory]
    [InlineData(300, 30, 60)]
    [InlineData(300, 5, 30)]
    [InlineData(1000, 100, 100)]
    [InlineData(1000, 0, 0)]
    [InlineData(1000, 10, 334)]
    [InlineData(10_000, 1000, 1000)]
    public void A_study_s_graph_covers_every_roster_down_to_its_threshold(int clients, int colluders, int dropouts)
    {
        var graph = GraphParameterFinder.ForStudy(clients, colluders, dropouts);
        Assert.NotNull(graph);
        Assert.True(graph.Neighbours >= GraphParameterFinder.LeastNeighbours);
        Assert.True(2 * graph.Threshold > graph.Neighbours);
        for (var absent = 0; absent <= dropouts; absent++)
        {
            var covers = GraphParameterFinder.Covers(graph, clients - absent, colluders, dropouts - absent);
            Assert.True(covers, $"{absent} absent");
        }
    }

    [Fact]
    public void A_study_s_graph_is_the_first_that_covers_all_and_has_the_least_threshold()
    {
        const int Clients = 400, Colluders = 40, Dropouts = 60;
        var graph = GraphParameterFinder.ForStudy(Clients, Colluders, Dropouts)!;

        Assert.False(CoversAll(graph with { Threshold = graph.Threshold - 1 }));
        for (var neighbours = GraphParameterFinder.LeastNeighbours; neighbours < graph.Neighbours; neighbours += 2)
        {
            var thresholds = Enumerable.Range(2, neighbours - 1);
            Assert.DoesNotContain(thresholds, t => CoversAll(new SparseGraph(neighbours, t)));
        }

        static bool CoversAll(SparseGraph graph) => Enumerable.Range(0, Dropouts + 1)
            .All(absent => GraphParameterFinder.Covers(graph, Clients - absent, Colluders, Dropouts - absent));
    }

    [Theory]
    [InlineData(22, 100, 1, 10, 12)]
    [InlineData(22, 100, 2, 10, null)] // with two colluding neighbours 13 are needed, and 10 of 22 may be gone
    [InlineData(23, 100, 1, 10, null)]
    [InlineData(90, 100, 1, 10, null)] // a roster of 90 has 89 others
    [InlineData(0, 100, 0, 0, null)]
    [InlineData(22, 30, 15, 20, null)]
    public void A_given_degree_gets_its_least_threshold_or_none(
        int neighbours, int clients, int colluders, int dropouts, int? threshold)
    {
        var graph = GraphParameterFinder.OfDegree(neighbours, clients, colluders, dropouts);
        Assert.Equal(threshold, graph?.Threshold);
        Assert.Equal(threshold is null ? null : neighbours, graph?.Neighbours);
    }

    [Theory]
    [InlineData(1000, 330, 330)]
    [InlineData(300, 100, 100)]
    [InlineData(100, 10, 90)]
    [InlineData(20, 1, 2)]
    public void A_study_that_no_sparse_graph_covers_gets_none(int clients, int colluders, int dropouts)
    {
        Assert.Null(GraphParameterFinder.ForStudy(clients, colluders, dropouts));
    }

    [Theory]
    [InlineData(96, 67, 1000, 100, 100, true)]
    [InlineData(96, 66, 1000, 100, 100, false)] // 2t = k + t1
    [InlineData(96, 90, 1000, 100, 100, false)] // too many neighbours may be gone
    [InlineData(96, 67, 1000, 110, 100, false)] // one colluding neighbour more
    [InlineData(97, 67, 1000, 100, 100, false)] // odd
    [InlineData(0, 0, 1000, 0, 0, false)]
    [InlineData(96, 67, 96, 0, 0, false)] // no more clients than neighbours
    [InlineData(96, 67, 97, 0, 0, true)]
    [InlineData(32, 20, 1000, 0, 700, false)] // the ring may be cut
    public void A_graph_covers_what_the_finder_found_and_no_more(
        int neighbours, int threshold, int clients, int colluders, int dropouts, bool covers)
    {
        var graph = new SparseGraph(neighbours, threshold);
        Assert.Equal(covers, GraphParameterFinder.Covers(graph, clients, colluders, dropouts));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(GraphParameterFinder.MaxClients + 1, 0, 0)]
    [InlineData(10, -1, 0)]
    [InlineData(10, 11, 0)]
    [InlineData(10, 0, -1)]
    [InlineData(10, 0, 11)]
    public void Numbers_out_of_range_are_misuse(int clients, int colluders, int dropouts)
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => GraphParameterFinder.Find(clients, colluders, dropouts, AdversaryClass.Curious));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => GraphParameterFinder.ForStudy(clients, colluders, dropouts));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => GraphParameterFinder.Covers(new SparseGraph(2, 2), clients, colluders, dropouts));
    }
}
