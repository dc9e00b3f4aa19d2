using System.Security.Cryptography;
using FedMeta.Client.Training;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Auditing;

/// <summary>One hospital's side of one round, from its rows to what it hands to secure aggregation.</summary>
/// <param name="plan">The mechanism.</param>
/// <param name="canaries">Whose rows these are.</param>
/// <param name="rows">Numbers of canaries.</param>
/// <param name="rotationSeed">The round's public seed.</param>
/// <param name="round">From 1.</param>
/// <param name="random">Cryptographic source.</param>
internal delegate RingVector HospitalInput(MechanismPlan plan, Canaries canaries, Batch<double> rows,
    byte[] rotationSeed, int round, RandomNumberGenerator random);

/// <summary>The client's own code.</summary>
internal static class ShippedClient
{
    /// <summary>Draws the noise, trains on every patient, clips, rounds and adds, as the agent does.</summary>
    public static RingVector Input(MechanismPlan plan, Canaries canaries, Batch<double> rows, byte[] rotationSeed,
        int round, RandomNumberGenerator random)
    {
        var algorithm = new CanaryAlgorithm(canaries, plan.Request.ClipNorm);
        using var noise = NoiseShare.Draw(plan, random);
        var update = new LocalUpdate(ManagedEngine.Instance.Build<float>(algorithm.Spec), algorithm,
            new TaskShape(ContributionKind.PatientGradient, 0, 1, WholeSite: false));
        var contribution = ContributionBuilder.Build(update, plan, new double[canaries.Count], rows, rotationSeed,
            (ulong)round, noise, random, CancellationToken.None);
        return RingVector.From(contribution.Residues, plan.Request.RingBits);
    }
}
