namespace FedMeta.SecureAgg;

/// <summary>Finds how many neighbours a client needs and how many shares shall open a secret, such that a random ring
/// graph is safe but for a probability of 2^-40 and completes but for 2^-20 (Bell et al. 2020; proof idea in
/// docs/proofs/sparse-graph.md). Colluders and dropouts are numbers: as fractions they would round to none in a small
/// cohort, and a degree of two.</summary>
public static class GraphParameterFinder
{
    /// <summary>Greatest number of clients for which the arithmetic is proved.</summary>
    public const int MaxClients = 1 << 17;

    /// <summary>Least degree of a study's graph, whatever the bounds say.</summary>
    public const int LeastNeighbours = 32;

    // Half of 2^-40 for a graph that falls apart, half for a client with too many colluding neighbours.
    private const double InsecureProbability = 1.0 / (1L << 41);
    private const double StuckProbability = 1.0 / (1L << 20);

    /// <summary>The first even degree for which a threshold exists, with the least such threshold; null where only the
    /// complete graph will do.</summary>
    /// <param name="clients">n: size of the roster, 1 to 2^17.</param>
    /// <param name="colluders">Clients that may side with the server, 0 to n.</param>
    /// <param name="dropouts">Clients that may vanish, 0 to n.</param>
    /// <param name="adversary">What the server may do.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static SparseGraph? Find(int clients, int colluders, int dropouts, AdversaryClass adversary)
    {
        CheckRanges(clients, colluders, dropouts);
        if (!HasSlack(clients, colluders, dropouts, adversary)) return null;
        for (var neighbours = 2; neighbours < clients - 1; neighbours += 2)
        {
            if (!StaysConnected(clients, neighbours, colluders + dropouts)) continue;
            var (least, most) = Thresholds(clients, neighbours, colluders, dropouts, adversary);
            if (least <= most) return new SparseGraph(neighbours, least);
        }

        return null;
    }

    /// <summary>The graph of a study: at least <see cref="LeastNeighbours"/> neighbours, against a semi-malicious
    /// server, and good for every roster that the study may get, from <paramref name="clients"/> -
    /// <paramref name="dropouts"/> to <paramref name="clients"/> (with fewer clients the colluders weigh more, and
    /// fewer may still vanish). Null where no sparse graph covers the numbers. Takes milliseconds for hundreds of
    /// clients, about a second for a hundred thousand.</summary>
    /// <param name="clients">Greatest roster, 1 to 2^17.</param>
    /// <param name="colluders">Clients that may side with the server, from 0 to <paramref name="clients"/>.</param>
    /// <param name="dropouts">Clients that may be missing from the greatest roster at the end, from 0 to
    /// <paramref name="clients"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static SparseGraph? ForStudy(int clients, int colluders, int dropouts)
    {
        CheckRanges(clients, colluders, dropouts);
        for (var neighbours = LeastNeighbours; neighbours < clients - dropouts - 1; neighbours += 2)
        {
            if (OfDegree(neighbours, clients, colluders, dropouts) is { } graph) return graph;
        }

        return null;
    }

    /// <summary>The graph of a given degree that is good for every such roster, with the least threshold; null where
    /// this degree does not cover the numbers.</summary>
    /// <param name="neighbours">k: even, from 2, less than the least roster.</param>
    /// <param name="clients">Greatest roster, 1 to 2^17.</param>
    /// <param name="colluders">Clients that may side with the server, from 0 to <paramref name="clients"/>.</param>
    /// <param name="dropouts">Clients that may be missing from the greatest roster at the end, from 0 to
    /// <paramref name="clients"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of clients is out of its range.</exception>
    public static SparseGraph? OfDegree(int neighbours, int clients, int colluders, int dropouts)
    {
        CheckRanges(clients, colluders, dropouts);
        var fewest = clients - dropouts;
        if (neighbours < 2 || neighbours % 2 != 0 || neighbours >= fewest || colluders > fewest) return null;
        if (!HasSlack(clients, colluders, dropouts, AdversaryClass.SemiMalicious)) return null;
        var (least, most) = (0, neighbours);
        for (var roster = clients; roster >= fewest; roster--)
        {
            var absent = roster - fewest;
            if (!StaysConnected(roster, neighbours, colluders + absent)) return null;
            var here = Thresholds(roster, neighbours, colluders, absent, AdversaryClass.SemiMalicious);
            (least, most) = (Math.Max(least, here.Least), Math.Min(most, here.Most));
            if (least > most) return null;
        }

        return new SparseGraph(neighbours, least);
    }

    /// <summary>Whether <paramref name="graph"/> keeps its promises for a roster of this size, in time that grows with
    /// the degree only. True means, over the random order of the ring, for any fixed <paramref name="colluders"/> and
    /// any fixed <paramref name="dropouts"/>: but for a probability of 2^-40 the honest clients that stay are connected
    /// through one another, and no client's two secrets can both be opened, whatever the server says of whom to whom;
    /// but for 2^-20, enough neighbours of every client stay to open a secret of it.</summary>
    /// <param name="graph">Degree and threshold.</param>
    /// <param name="clients">The roster that came, 1 to 2^17.</param>
    /// <param name="colluders">Clients of it that may side with the server, 0 to <paramref name="clients"/>.</param>
    /// <param name="dropouts">Clients of it that may yet vanish (the roster less the study's threshold), 0 to
    /// <paramref name="clients"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of clients is out of its range.</exception>
    public static bool Covers(SparseGraph graph, int clients, int colluders, int dropouts)
    {
        ArgumentNullException.ThrowIfNull(graph);
        CheckRanges(clients, colluders, dropouts);
        var neighbours = graph.Neighbours;
        if (neighbours < 2 || neighbours % 2 != 0 || neighbours >= clients) return false;
        if (!StaysConnected(clients, neighbours, colluders + dropouts)) return false;
        var (least, most) = Thresholds(clients, neighbours, colluders, dropouts, AdversaryClass.SemiMalicious);
        return graph.Threshold >= least && graph.Threshold <= most;
    }

    // Nearer to the limit of what any degree can do, degrees explode: there the published procedure gives up.
    private static bool HasSlack(int clients, int colluders, int dropouts, AdversaryClass adversary)
    {
        var weight = adversary == AdversaryClass.Curious ? 1 : 2;
        return 10L * (colluders + ((long)weight * dropouts)) <= 9L * clients;
    }

    // To cut the ring in two, half a degree of successive clients must be gone at each of two places. That given
    // clients are all gone, times the number of pairs of places, bounds the probability.
    private static bool StaysConnected(int clients, int neighbours, int gone)
    {
        if (gone < neighbours) return true;
        if (gone >= clients) return false;
        var pairs = 0.5 * clients * (clients - neighbours - 1);
        var log = Math.Log(pairs) + Hypergeometric.LogAllMarked(clients, gone, neighbours);
        return log < Math.Log(InsecureProbability * (1 - Hypergeometric.RoundingMargin));
    }

    // Least threshold that colluding neighbours cannot misuse, and greatest that dropping neighbours leave reachable;
    // n times the probability for one client bounds that for any.
    private static (int Least, int Most) Thresholds(
        int clients, int neighbours, int colluders, int dropouts, AdversaryClass adversary)
    {
        var colluding =
            Hypergeometric.UpperQuantile(clients, colluders, neighbours, InsecureProbability / clients);
        var dropped = Hypergeometric.UpperQuantile(clients, dropouts, neighbours, StuckProbability / clients);
        var least = adversary == AdversaryClass.SemiMalicious ? ((neighbours + colluding) / 2) + 1 : colluding + 1;
        return (Math.Max(least, 2), neighbours - dropped);
    }

    private static void CheckRanges(int clients, int colluders, int dropouts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clients, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clients, MaxClients);
        ArgumentOutOfRangeException.ThrowIfNegative(colluders);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(colluders, clients);
        ArgumentOutOfRangeException.ThrowIfNegative(dropouts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dropouts, clients);
    }
}
