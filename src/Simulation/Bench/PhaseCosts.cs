using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Bench;

/// <summary>Seconds by phase: of every client that answered in it, and of the server in all.</summary>
internal sealed class PhaseCosts(int clients)
{
    /// <summary>The phases in which messages are exchanged, in their order.</summary>
    public static readonly IReadOnlyList<AggregationPhase> Phases =
    [
        AggregationPhase.AdvertiseKeys, AggregationPhase.ShareKeys, AggregationPhase.CollectMaskedInput,
        AggregationPhase.CheckConsistency, AggregationPhase.Unmask,
    ];

    private readonly double[][] _clients = [.. Phases.Select(_ => new double[clients])];
    private readonly double[] _server = new double[Phases.Count];

    /// <summary>A client's seconds; by several threads, each for clients of its own.</summary>
    public void AddClient(AggregationPhase phase, int client, double seconds) =>
        _clients[(int)phase][client] += seconds;

    /// <summary>The server's seconds; by one thread at a time.</summary>
    public void AddServer(AggregationPhase phase, double seconds) => _server[(int)phase] += seconds;

    /// <summary>The server's seconds in a phase.</summary>
    public double Server(AggregationPhase phase) => _server[(int)phase];

    /// <summary>The server's seconds in all.</summary>
    public double ServerTotal => _server.Sum();

    /// <summary>The seconds of some clients in a phase.</summary>
    public IEnumerable<double> Clients(AggregationPhase phase, IEnumerable<int> of) =>
        of.Select(client => _clients[(int)phase][client]);

    /// <summary>The seconds of some clients in all.</summary>
    public IEnumerable<double> ClientTotals(IEnumerable<int> of) =>
        of.Select(client => _clients.Sum(phase => phase[client]));
}
