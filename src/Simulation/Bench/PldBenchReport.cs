using FedMeta.Privacy;

namespace FedMeta.Simulation.Bench;

/// <summary>What was measured.</summary>
/// <param name="Options">The schedule.</param>
/// <param name="Figure">Epsilon and the grids, the same each time.</param>
/// <param name="Cold">The first time in this process, with all that had to be compiled.</param>
/// <param name="Warm">The times after it.</param>
internal sealed record PldBenchReport(
    PldBenchOptions Options, PrivacyLossFigure Figure, PldBenchTiming Cold, IReadOnlyList<PldBenchTiming> Warm)
{
    /// <summary>Middle and greatest of one part of the warm runs.</summary>
    public Spread Of(Func<PldBenchTiming, double> part) => Spread.Of(Warm.Select(part));
}
