namespace FedMeta.Simulation.Bench;

/// <summary>Seconds of one computation from nothing to epsilon, on one thread.</summary>
/// <param name="OneStep">The distribution of one round, both directions; the thread's processor time.</param>
/// <param name="Composition">All rounds of it and the search for epsilon, both directions; the same clock.</param>
/// <param name="Wall">All of it on the wall.</param>
internal sealed record PldBenchTiming(double OneStep, double Composition, double Wall)
{
    public double Total => OneStep + Composition;
}
