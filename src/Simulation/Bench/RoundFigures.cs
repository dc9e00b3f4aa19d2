namespace FedMeta.Simulation.Bench;

/// <summary>What one round cost.</summary>
/// <param name="Costs">Processor seconds by phase.</param>
/// <param name="Survivors">Clients that played to the end, by place.</param>
/// <param name="BytesUp">What each client sent, by place.</param>
/// <param name="WallSeconds">From the first key to the sum.</param>
/// <param name="UnmaskWallSeconds">From the last opened share to the sum.</param>
/// <param name="ServerBytes">Managed bytes that the server holds when all has arrived and nothing is unmasked.</param>
internal sealed record RoundFigures(
    PhaseCosts Costs,
    IReadOnlyList<int> Survivors,
    IReadOnlyList<long> BytesUp,
    double WallSeconds,
    double UnmaskWallSeconds,
    long ServerBytes);
