using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Bench;

/// <summary>All figures of a bench.</summary>
/// <param name="Plan">What was played.</param>
/// <param name="Threads">How many clients answered at a time, each with one thread, and how many threads
/// unmasked.</param>
/// <param name="Speeds">Of the parts.</param>
/// <param name="Rounds">Of each round, at least one.</param>
/// <param name="Parallel">Seconds on the wall of one round more, in which one party works at a time, on all cores; null
/// where they were used anyway or there is one.</param>
internal sealed record SecAggBenchReport(
    SecAggBenchPlan Plan, int Threads, KernelSpeeds Speeds, IReadOnlyList<RoundFigures> Rounds,
    RoundFigures? Parallel)
{
    /// <summary>Bytes of the input as raw float32.</summary>
    public long RawBytes => 4L * Plan.Parameters.Vectors[0].Length;

    /// <summary>Seconds of those clients that stayed to the end, in a phase.</summary>
    public Spread Client(AggregationPhase phase) =>
        Spread.Of(Rounds.SelectMany(round => round.Costs.Clients(phase, round.Survivors)));

    /// <summary>Seconds of those clients that stayed to the end, over all phases.</summary>
    public Spread ClientTotal => Spread.Of(Rounds.SelectMany(round => round.Costs.ClientTotals(round.Survivors)));

    /// <summary>Seconds on the wall of a client that has all cores.</summary>
    public double? ClientOnAllCores => Parallel is { } round
        ? Spread.Of(round.Costs.ClientTotals(round.Survivors)).Median
        : null;

    /// <summary>Seconds on the wall of a server that has all cores.</summary>
    public double? ServerOnAllCores => Parallel?.Costs.ServerTotal;

    /// <summary>The middle over the rounds of one figure of each.</summary>
    public double Median(Func<RoundFigures, double> figure) => Spread.Of(Rounds.Select(figure)).Median;

    /// <summary>What a client that stayed to the end sent, in bytes.</summary>
    public double UploadBytes =>
        Spread.Of(Rounds.SelectMany(round => round.Survivors.Select(client => (double)round.BytesUp[client]))).Median;
}
