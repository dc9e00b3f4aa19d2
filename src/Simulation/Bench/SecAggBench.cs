using System.Security.Cryptography;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Bench;

/// <summary>Measures the parts, then plays the rounds.</summary>
internal static class SecAggBench
{
    private const int WarmUpClients = 8, WarmUpRounds = 6, WarmUpDimension = 50_000;

    /// <param name="plan">What to play.</param>
    /// <param name="repeats">How many rounds, from 1.</param>
    /// <param name="seconds">For each measurement of a part.</param>
    /// <param name="turns">How often each part is measured.</param>
    /// <param name="time">The clock on the wall.</param>
    /// <param name="step">Told what happens now.</param>
    public static SecAggBenchReport Run(
        SecAggBenchPlan plan, int repeats, double seconds, int turns, TimeProvider time, Action<string> step)
    {
        var shape = plan.Parameters.Vectors[0];
        step("keystream and packing");
        var speeds = KernelSpeeds.Measure(shape, seconds, turns);
        using var random = RandomNumberGenerator.Create();
        WarmUp(shape, random, time);
        step($"keys of {plan.Parameters.MaxClients} clients");
        using var members = new BenchMembers(plan.Parameters.MaxClients);
        var inputs = new BenchInputs(shape, random);

        // A neighbour on the other core would spoil the figures of a few clients; many clients would take too long.
        var few = plan.Parameters.MaxClients <= AggregationParameters.MaxCompleteRoster;
        var cores = Environment.ProcessorCount;
        var rounds = new List<RoundFigures>();
        for (var i = 0; i < repeats; i++) rounds.Add(few ? Play(1, 1, 1, false) : Play(cores, 1, cores, false));
        var parallel = few && cores > 1 ? Play(1, cores, cores, true) : null;
        return new SecAggBenchReport(plan, few ? 1 : cores, speeds, rounds, parallel);

        RoundFigures Play(int clients, int clientThreads, int serverThreads, bool onTheWall)
        {
            var schedule = new BenchSchedule(
                clients, clientThreads, serverThreads, onTheWall, random, time, SayEachPercent);
            return new BenchRound(plan, members, inputs, schedule).Play();
        }

        void SayEachPercent(AggregationPhase phase, int done, int all)
        {
            if (done * 100L / all != (done - 1) * 100L / all) step($"{phase}: {done} of {all} clients");
        }
    }

    // Compiles what is measured, with the same shape of ring.
    private static void WarmUp(VectorShape shape, RandomNumberGenerator random, TimeProvider time)
    {
        var small = shape with { Length = Math.Min(shape.Length, WarmUpDimension) };
        var threshold = AggregationParameters.DefaultThreshold(WarmUpClients);
        var plan = new SecAggBenchPlan(new AggregationParameters([small], WarmUpClients, threshold, 1), 1);
        using var members = new BenchMembers(WarmUpClients);
        var inputs = new BenchInputs(small, random);
        var schedule = new BenchSchedule(1, 1, 1, false, random, time, (_, _, _) => { });
        for (var i = 0; i < WarmUpRounds; i++) new BenchRound(plan, members, inputs, schedule).Play();
    }
}
