using System.Security.Cryptography;
using FedMeta.Client.Training;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.Server.Studies;

namespace FedMeta.Simulation.Robust;

/// <summary>From a hospital's rows to its masked input's residues: the client's own training and encoding, and where a
/// hospital cheats, what it does instead.</summary>
internal static class Cheating
{
    private const double Factor = 30;

    /// <summary>The residues that the hospital hands to secure aggregation.</summary>
    public static ulong[] Residues(StudyPlan plan, Conduct conduct, double[] state, Batch<double> train,
        ReadOnlySpan<byte> rotationSeed, RandomNumberGenerator random)
    {
        var update = Update(plan, state, conduct == Conduct.Scales ? Turned(train) : train);
        if (conduct == Conduct.Scales)
            return Unclipped(plan.Mechanism, update, rotationSeed);
        if (conduct == Conduct.FlipsSign)
            FlatVector.Scale<double>(update, -1);
        using var encoder = new ContributionEncoder(plan.Mechanism, rotationSeed,
            NoiseShare.Draw(plan.Mechanism, random), random);
        encoder.Add(update);
        return encoder.Finish();
    }

    private static double[] Update(StudyPlan plan, double[] state, Batch<double> train)
    {
        var shape = TaskShape.Of(plan.Terms.Meta.Algorithm, plan.Mechanism.Request.Unit, plan.Terms.Meta.Shots);
        var local = new LocalUpdate(ManagedEngine.Instance.Build<float>(plan.Numbers.Model),
            MetaAlgorithms.Create<float>(plan.Numbers.Algorithm, plan.Numbers.Model), shape);
        double[] update = [];
        local.Compute(state, train, 1, plan.Mechanism.Request.MaxContributionsPerClient, u => update = [.. u],
            CancellationToken.None);
        return update;
    }

    // As far as the ring goes, and not so far that the sum wraps and the attack turns into noise.
    private static ulong[] Unclipped(MechanismPlan plan, double[] update, ReadOnlySpan<byte> rotationSeed)
    {
        var values = new double[plan.PaddedDimension];
        update.CopyTo(values, 0);
        RandomizedHadamard.FromSeed(rotationSeed, plan.PaddedDimension).Rotate(values);
        var edge = Math.ScaleB(1, plan.Request.RingBits - 2);
        return [.. values.Select(v => ModularRing.Reduce((long)Math.Clamp(Factor * v * plan.Scale, -edge, edge),
            plan.Request.RingBits))];
    }

    private static Batch<double> Turned(Batch<double> rows) =>
        new(rows.Inputs, rows.Targets.ToArray().Select(y => 1 - y).ToArray(), rows.Count);
}
