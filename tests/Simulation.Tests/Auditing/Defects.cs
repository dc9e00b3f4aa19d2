using System.Numerics;
using System.Security.Cryptography;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.SecureAgg;
using FedMeta.Simulation.Auditing;
using FedMeta.Simulation.Check;

namespace FedMeta.Simulation.Tests.Auditing;

/// <summary>Hospitals whose code has one of the defects that an audit must find (privacy.md d.5).</summary>
internal static class Defects
{
    public static RingVector NoNoise(MechanismPlan plan, Canaries canaries, Batch<double> rows, byte[] rotation,
        int round, RandomNumberGenerator random) => Encode(plan, canaries, rows, rotation, 1, _ => 0);

    // Divided by the root of n once by the planner and once more by the hospital.
    public static RingVector SharedTwice(MechanismPlan plan, Canaries canaries, Batch<double> rows, byte[] rotation,
        int round, RandomNumberGenerator random) =>
        Less(plan, plan.Request.MaxClients, 1)(plan, canaries, rows, rotation, round, random);

    // As if all members stayed, when only the threshold does.
    public static RingVector SharedByAllMembers(MechanismPlan plan, Canaries canaries, Batch<double> rows,
        byte[] rotation, int round, RandomNumberGenerator random) =>
        Less(plan, plan.Request.MaxClients, plan.HonestShares)(plan, canaries, rows, rotation, round, random);

    public static RingVector NoClip(MechanismPlan plan, Canaries canaries, Batch<double> rows, byte[] rotation,
        int round, RandomNumberGenerator random)
    {
        var noise = Noise(plan.LocalVariance, plan, random);
        return Encode(plan, canaries, rows, rotation, CanaryAlgorithm.Excess, j => noise[j]);
    }

    // The noisy sum is clipped, which changes nothing about what stands out of its noise.
    public static RingVector ClipAfterNoise(MechanismPlan plan, Canaries canaries, Batch<double> rows,
        byte[] rotation, int round, RandomNumberGenerator random)
    {
        var unclipped = NoClip(plan, canaries, rows, rotation, round, random);
        var bits = plan.Request.RingBits;
        long[] integers = [.. Enumerable.Range(0, unclipped.Length)
            .Select(j => ModularRing.Recentre(unclipped[j], bits))];
        var bound = plan.Request.MaxContributionsPerClient * plan.Request.ClipNorm * plan.Scale;
        var factor = Math.Min(1, bound / Math.Sqrt(integers.Sum(x => (double)x * x)));
        return RingVector.From([.. integers.Select(x => ModularRing.Reduce((long)(x * factor), bits))], bits);
    }

    // The clip norm of the next round, here two thirds, scales the noise of this one.
    public static RingVector ClipUpdatedBeforeNoise(MechanismPlan plan, Canaries canaries, Batch<double> rows,
        byte[] rotation, int round, RandomNumberGenerator random) =>
        Less(plan, 9, 4)(plan, canaries, rows, rotation, round, random);

    // Every hospital seeds its noise with the number of the round.
    public static RingVector SameSeed(MechanismPlan plan, Canaries canaries, Batch<double> rows, byte[] rotation,
        int round, RandomNumberGenerator random)
    {
        using var shared = new RepeatableRandom($"round {round}");
        return ShippedClient.Input(plan, canaries, rows, rotation, round, shared);
    }

    // Every patient stands in two tasks and the claim counts one.
    public static RingVector CountedTwice(MechanismPlan plan, Canaries canaries, Batch<double> rows, byte[] rotation,
        int round, RandomNumberGenerator random) => ShippedClient.Input(
            plan with { Request = plan.Request with { MaxContributionsPerClient = int.MaxValue } }, canaries,
            Batch<double>.Concatenate([rows, rows]), rotation, round, random);

    private static HospitalInput Less(MechanismPlan plan, int divisor, int times) =>
        (_, canaries, rows, rotation, round, random) => ShippedClient.Input(
            plan with { LocalVariance = plan.LocalVariance * times / divisor }, canaries, rows, rotation, round,
            random);

    private static long[] Noise(BigInteger variance, MechanismPlan plan, RandomNumberGenerator random)
    {
        var noise = new long[plan.PaddedDimension];
        DiscreteGaussian.Fill(noise, variance, random);
        return noise;
    }

    private static RingVector Encode(MechanismPlan plan, Canaries canaries, Batch<double> rows, byte[] rotation,
        double norm, Func<int, long> noise)
    {
        var hadamard = RandomizedHadamard.FromSeed(rotation, plan.PaddedDimension);
        var sum = new double[plan.PaddedDimension];
        var gradient = new double[plan.PaddedDimension];
        foreach (var canary in rows.Inputs.ToArray())
        {
            canaries.WriteGradient((int)canary, gradient);
            for (var j = 0; j < sum.Length; j++) sum[j] += norm * gradient[j];
        }

        hadamard.Rotate(sum);
        return RingVector.From(
            [.. sum.Select((x, j) => ModularRing.Reduce((long)(x * plan.Scale) + noise(j), plan.Request.RingBits))],
            plan.Request.RingBits);
    }
}
