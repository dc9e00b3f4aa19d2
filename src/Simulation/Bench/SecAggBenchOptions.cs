namespace FedMeta.Simulation.Bench;

/// <summary>What the command line asked for.</summary>
/// <param name="Clients">n.</param>
/// <param name="Dimension">Entries d of the vector.</param>
/// <param name="Bits">Width of the ring; null for the narrowest that holds the sum of 16-bit values.</param>
/// <param name="Neighbours">k, or "full"; null for full up to 256 clients and what the finder says above.</param>
/// <param name="Drop">Fraction of the clients that share and never deliver.</param>
/// <param name="Colluders">c; null for the most that the claims cover.</param>
/// <param name="Repeats">How many whole rounds to play.</param>
internal sealed record SecAggBenchOptions(
    int Clients, int Dimension, int? Bits, string? Neighbours, double Drop, int? Colluders, int Repeats);
