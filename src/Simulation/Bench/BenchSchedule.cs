using System.Security.Cryptography;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Bench;

/// <summary>How rounds are played.</summary>
/// <param name="ClientsAtATime">How many clients answer at a time.</param>
/// <param name="ClientThreads">How many threads a client uses.</param>
/// <param name="ServerThreads">How many threads the server uses to unmask.</param>
/// <param name="OnTheWall">Whether seconds are those on the wall and not the processor's.</param>
/// <param name="Random">A cryptographic source that several threads may use.</param>
/// <param name="Time">The clock on the wall.</param>
/// <param name="Progress">Told the phase, how many have answered and of how many; by any thread.</param>
internal sealed record BenchSchedule(
    int ClientsAtATime,
    int ClientThreads,
    int ServerThreads,
    bool OnTheWall,
    RandomNumberGenerator Random,
    TimeProvider Time,
    Action<AggregationPhase, int, int> Progress)
{
    /// <summary>Seconds from some moment, of what the calling thread does.</summary>
    public double Seconds => OnTheWall ? WallSeconds : CpuClock.ThreadSeconds;

    /// <summary>Seconds from some moment, of what the calling thread has others do for it.</summary>
    public double SecondsOfUnmasking =>
        OnTheWall ? WallSeconds : ServerThreads == 1 ? CpuClock.ThreadSeconds : CpuClock.ProcessSeconds;

    private double WallSeconds => Time.GetElapsedTime(0, Time.GetTimestamp()).TotalSeconds;
}
