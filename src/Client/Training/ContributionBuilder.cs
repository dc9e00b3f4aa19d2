using System.Security.Cryptography;
using FedMeta.Learning;
using FedMeta.Privacy;

namespace FedMeta.Client.Training;

/// <summary>
/// Turns one round's training into the integers that are masked: each unit's vector is clipped, rotated and rounded by
/// itself, the integers are summed, and the noise that was drawn before is added (privacy.md b.1). A vector that is not
/// finite counts as zero, see docs/adr/0031-failures-inside-a-round.md. Where a study samples its patients, only those
/// whose secret coin says so are added; a sample of nobody is noise alone and is sent like any other.
/// </summary>
internal static class ContributionBuilder
{
    /// <summary>Computes the contribution.</summary>
    /// <param name="update">The algorithm over the site's rows.</param>
    /// <param name="plan">The study's mechanism, verified by this hospital.</param>
    /// <param name="state">The shared state of this round.</param>
    /// <param name="train">The site's scaled training rows.</param>
    /// <param name="rotationSeed">The round's public seed, 32 bytes.</param>
    /// <param name="taskSeed">Decides which rows make a task.</param>
    /// <param name="noise">Drawn before the data were touched; used up and zeroed here.</param>
    /// <param name="random">Source for the coins and for stochastic rounding.</param>
    /// <param name="stop">Ends the work between two tasks.</param>
    /// <param name="contributed">Receives each vector as it went into the sum but for the rounding, so after its clip;
    /// one that counts as zero is left out. Valid during the call only.</param>
    public static Contribution Build(
        LocalUpdate update,
        MechanismPlan plan,
        ReadOnlySpan<double> state,
        Batch<double> train,
        ReadOnlySpan<byte> rotationSeed,
        ulong taskSeed,
        NoiseShare noise,
        RandomNumberGenerator random,
        CancellationToken stop,
        Action<double[]>? contributed = null)
    {
        using var encoder = new ContributionEncoder(plan, rotationSeed, noise, random);
        var notFinite = 0;
        var clipped = contributed is null ? [] : new double[plan.Request.Dimension];

        // Every patient's vector goes in: where the study samples, the encoder itself throws the coins, in secret.
        void Encode(double[] vector)
        {
            if (encoder.Add(vector) is EncodingOutcome.NotFinite or EncodingOutcome.TooLong) notFinite++;
            else if (contributed is not null && L2Clip.TryClip(vector, plan.Request.ClipNorm, clipped))
                contributed(clipped);
        }

        update.Compute(state, train, taskSeed, plan.Request.MaxContributionsPerClient, Encode, stop);
        var units = encoder.Contributions;
        var satOut = plan.Request.Contribution == ContributionKind.PatientGradient ? train.Count - units : 0;
        return new Contribution(encoder.Finish(), units, notFinite, satOut);
    }
}
