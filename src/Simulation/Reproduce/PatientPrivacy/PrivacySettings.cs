using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Reproduce.PatientPrivacy;

/// <summary>What the claims are.</summary>
/// <param name="Delta">Of all claims.</param>
/// <param name="Colluders">Hospitals that tell the coordinator their own noise.</param>
/// <param name="Rounds">Rounds of a study.</param>
internal sealed record PrivacySettings(double Delta, int Colluders, int Rounds = 30)
{
    private const int RingBits = 32;

    /// <summary>Without privacy, then the epsilons that are claimed.</summary>
    public static IReadOnlyList<double> Epsilons { get; } = [PrivateForm.NoPrivacy, 10, 3, 1];

    /// <summary>The mechanism of a study in which all hospitals must stay to the end.</summary>
    /// <param name="form">What is protected.</param>
    /// <param name="epsilon">Of the whole study.</param>
    /// <param name="hospitals">How many.</param>
    /// <param name="dimension">Length of a vector.</param>
    /// <param name="most">Vectors that a hospital adds in a round at most; public.</param>
    /// <exception cref="FedMetaException">There is no such mechanism.</exception>
    public MechanismPlan Plan(PrivateForm form, double epsilon, int hospitals, int dimension, int most)
    {
        var request = new MechanismRequest(
            form.Unit, form.Clip, epsilon, Delta, Rounds, hospitals, hospitals, Colluders, dimension, RingBits, most);
        if (form is { Unit: PrivacyUnit.Patient, Shots: 0 })
            request = request with { Contribution = ContributionKind.PatientGradient };
        var derived = MechanismPlan.Derive(request);
        return derived.Plan ?? throw new FedMetaException(
            ExitCode.Usage, string.Join("; ", derived.Problems), "see 'fedmeta-sim reproduce heart-privacy --help'");
    }
}
