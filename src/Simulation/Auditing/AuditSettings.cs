using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Simulation.Auditing;

/// <summary>What is audited: the mechanism that follows from a claim, and how many canaries it is held against.</summary>
/// <param name="Epsilon">Claim for a patient over all rounds.</param>
/// <param name="Delta">Of the claim.</param>
/// <param name="Rounds">Rounds of the run.</param>
/// <param name="Hospitals">Members, at least 5.</param>
/// <param name="Threshold">Hospitals that stay in every sum; all others vanish in every round, which is the least noise
/// that a sum may have.</param>
/// <param name="Colluders">Hospitals that show the attacker all they sent.</param>
/// <param name="RingBits">Width of the ring.</param>
/// <param name="Canaries">m, a power of two, since each has a direction of its own.</param>
/// <param name="Guesses">r, even.</param>
/// <param name="Level">Probability of refuting a true claim.</param>
internal sealed record AuditSettings(
    double Epsilon,
    double Delta,
    int Rounds,
    int Hospitals,
    int Threshold,
    int Colluders,
    int RingBits,
    int Canaries,
    int Guesses,
    double Level)
{
    /// <summary>What is audited unless somebody asks for something else; some seconds on one core.</summary>
    public static AuditSettings Usual { get; } = new(Epsilon: 3, Delta: 1e-5, Rounds: 5, Hospitals: 8, Threshold: 6,
        Colluders: 1, RingBits: 32, Canaries: 2048, Guesses: 200, Level: 0.05);

    /// <summary>The plan of the claim: one clipped gradient for each patient.</summary>
    /// <exception cref="FedMetaException">The settings have no plan; the reasons are in the message.</exception>
    public MechanismPlan Plan()
    {
        var honest = Threshold - Colluders;
        if (honest < 1 || Canaries < 4 || (Canaries & (Canaries - 1)) != 0)
            throw Refused("canaries are a power of two from 4, and fewer hospitals collude than stay");
        if (Guesses < 2 || Guesses % 2 != 0 || Guesses > Canaries)
            throw Refused("guesses are an even number from 2 to the number of canaries");
        var derived = MechanismPlan.Derive(new MechanismRequest(PrivacyUnit.Patient, 1, Epsilon, Delta, Rounds,
            Hospitals, Threshold, Colluders, Canaries, RingBits, (Canaries + honest - 1) / honest)
        {
            Contribution = ContributionKind.PatientGradient,
        });
        return derived.Plan ?? throw Refused(string.Join("; ", derived.Problems));
    }

    private static FedMetaException Refused(string why) =>
        new(ExitCode.Usage, $"there is nothing to audit: {why}", "see 'fedmeta-sim audit-run --help'");
}
