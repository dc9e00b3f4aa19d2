using FedMeta.Privacy;

namespace FedMeta.Client.Studies;

/// <summary>
/// What a patient of this hospital still has if every other hospital colludes with the coordinator: the noise of the
/// hospital's own share, its own coins, and nothing of the others' (privacy.md a.4, the local floor).
/// </summary>
internal sealed class OwnShare
{
    private readonly MechanismPlan _alone;
    private readonly int _patientFactor;

    private OwnShare(MechanismPlan alone, int patientFactor) => (_alone, _patientFactor) = (alone, patientFactor);

    /// <summary>Standard deviation of the own share over what one patient can move the sum (z).</summary>
    public double Noise => Math.Sqrt(
        (double)_alone.LocalVariance / ((double)_alone.SensitivitySquared * _patientFactor));

    /// <summary>The share of a study's mechanism.</summary>
    public static OwnShare Of(VerifiedStudy study)
    {
        var plan = study.Mechanism;

        // Of so many inputs as colluders and one more, one is honest.
        var request = plan.Request with { Threshold = plan.Request.Colluders + 1 };
        return new OwnShare(plan with { Request = request }, study.Demands.PatientFactor);
    }

    /// <summary>The fall-back epsilon of the whole study for a patient.</summary>
    public double Epsilon(double delta) =>
        StudyCharge.Epsilon(_alone, checked(_alone.Request.Rounds * _patientFactor), delta);
}
