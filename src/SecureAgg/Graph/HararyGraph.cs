namespace FedMeta.SecureAgg;

/// <summary>The k-regular graph of a round (Bell et al. 2020): the places of the roster stand on a ring in an order
/// that follows from a seed, and everyone is neighbour of the k/2 nearest on either side. The seed commits to the whole
/// roster, nonces and all, so that nobody chooses neighbours.</summary>
internal sealed class HararyGraph
{
    public const int SeedLength = 32;
    private readonly int[] _ring;
    private readonly int[] _positions;

    /// <summary>The graph of a seed, in time that grows with the number of clients.</summary>
    /// <param name="seed">32 bytes, public.</param>
    /// <param name="clients">n: places 1 to n, at most 2^17.</param>
    /// <param name="neighbours">k: even, from 2, less than n.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public HararyGraph(ReadOnlySpan<byte> seed, int clients, int neighbours)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clients, GraphParameterFinder.MaxClients);
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(neighbours, clients);
        if (neighbours % 2 != 0)
        {
            throw new ArgumentException("half of the neighbours stand on either side", nameof(neighbours));
        }

        Neighbours = neighbours;
        _ring = new int[clients];
        _positions = new int[clients + 1];
        for (var i = 0; i < clients; i++) _ring[i] = i + 1;
        using (var numbers = new KeystreamNumbers(seed))
        {
            for (var left = clients; left > 1; left--)
            {
                var drawn = numbers.Below(left);
                (_ring[drawn], _ring[left - 1]) = (_ring[left - 1], _ring[drawn]);
            }
        }

        for (var i = 0; i < clients; i++) _positions[_ring[i]] = i;
    }

    /// <summary>n.</summary>
    public int Clients => _ring.Length;

    /// <summary>k.</summary>
    public int Neighbours { get; }

    /// <summary>The places of the k neighbours of a place, ascending.</summary>
    public int[] NeighboursOf(int place)
    {
        var position = PositionOf(place);
        var half = Neighbours / 2;
        var found = new int[Neighbours];
        for (var distance = 1; distance <= half; distance++)
        {
            found[distance - 1] = _ring[(position + distance) % Clients];
            found[half + distance - 1] = _ring[(position - distance + Clients) % Clients];
        }

        Array.Sort(found);
        return found;
    }

    /// <summary>Whether two places are neighbours; nobody is its own.</summary>
    public bool AreNeighbours(int place, int other)
    {
        var apart = Math.Abs(PositionOf(place) - PositionOf(other));
        var distance = Math.Min(apart, Clients - apart);
        return distance >= 1 && distance <= Neighbours / 2;
    }

    private int PositionOf(int place)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(place, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(place, Clients);
        return _positions[place];
    }
}
