using FedMeta.Privacy;

namespace FedMeta.Client.Studies;

/// <summary>
/// What a patient of this hospital still has if every other hospital colludes with the coordinator: the noise of the
/// hospital's own share, and nothing of the others' (privacy.md a.4, the local floor).
/// </summary>
/// <param name="Noise">Standard deviation of the own share over what one patient can move the sum (z).</param>
/// <param name="Rho">What the whole study then costs a patient.</param>
internal sealed record OwnShare(double Noise, Rho Rho)
{
    /// <summary>The share of a study's mechanism.</summary>
    public static OwnShare Of(VerifiedStudy study)
    {
        var plan = study.Mechanism;
        var sensitivitySquared = plan.SensitivitySquared * study.Demands.PatientFactor;
        var perRound = Rho.Ceiling(sensitivitySquared, 2 * plan.LocalVariance);
        return new OwnShare(
            Math.Sqrt((double)plan.LocalVariance / (double)sensitivitySquared),
            perRound.Times(checked((int)study.Rounds)));
    }

    /// <summary>The fall-back epsilon of the whole study for a patient.</summary>
    public double Epsilon(double delta) => ZeroConcentratedDp.Epsilon(Rho.ToDouble(), delta);
}
