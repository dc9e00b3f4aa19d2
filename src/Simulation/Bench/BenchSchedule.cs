using System.Security.Cryptography;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Bench;

/// <summary>How rounds are played.</summary>
/// <param name="Threads">How many clients answer at a time, and how many threads unmask.</param>
/// <param name="Random">A cryptographic source that several threads may use.</param>
/// <param name="Time">The clock on the wall.</param>
/// <param name="Progress">Told the phase, how many have answered and of how many; by any thread.</param>
internal sealed record BenchSchedule(
    int Threads, RandomNumberGenerator Random, TimeProvider Time, Action<AggregationPhase, int, int> Progress);
