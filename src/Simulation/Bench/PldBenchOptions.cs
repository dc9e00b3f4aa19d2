namespace FedMeta.Simulation.Bench;

/// <summary>What the command line asked for.</summary>
/// <param name="Noise">Noise multiplier z.</param>
/// <param name="Rate">Sampling rate q.</param>
/// <param name="Rounds">T.</param>
/// <param name="Delta">At which epsilon is asked for.</param>
/// <param name="Interval">Grid h.</param>
/// <param name="Repeats">How often to measure once everything is compiled.</param>
internal sealed record PldBenchOptions(
    double Noise, double Rate, int Rounds, double Delta, double Interval, int Repeats);
