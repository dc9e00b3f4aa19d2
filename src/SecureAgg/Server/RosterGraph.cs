namespace FedMeta.SecureAgg;

/// <summary>Who shares and masks with whom in a roster, by places from 1: everyone with everyone, or the sparse graph
/// that follows from the roster. Holders stand in ascending order, and a holder's Shamir coordinate is its number in
/// that order, from 1.</summary>
internal sealed class RosterGraph
{
    private readonly int[][] _holders;
    private readonly bool _isComplete;

    public RosterGraph(AgreedRoster roster, ReadOnlySpan<byte> contextHash)
    {
        _holders = new int[roster.Count + 1][];
        if (roster.Context.Parameters.Graph is { } parameters)
        {
            var seed = Statements.GraphSeed(roster.Hash, contextHash);
            var graph = new HararyGraph(seed, roster.Count, parameters.Neighbours);
            for (var place = 1; place <= roster.Count; place++) _holders[place] = graph.NeighboursOf(place);
        }
        else
        {
            _isComplete = true;
            Array.Fill(_holders, [.. Enumerable.Range(1, roster.Count)]);
        }
    }

    /// <summary>Who holds shares of a client's secrets: on the complete graph everyone and itself, otherwise its
    /// neighbours.</summary>
    public int[] HoldersOf(int owner) => _holders[owner];

    /// <summary>With whom a client has masks: its holders without itself.</summary>
    public IEnumerable<int> PeersOf(int place) => _holders[place].Where(holder => holder != place);

    /// <summary>Shamir coordinate of a holder; 0 where it holds nothing of the owner's.</summary>
    public int CoordinateOf(int owner, int holder) =>
        _isComplete ? holder : Math.Max(0, Array.BinarySearch(_holders[owner], holder) + 1);
}
