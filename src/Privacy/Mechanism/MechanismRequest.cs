namespace FedMeta.Privacy;

/// <summary>What a study asks of its mechanism; every number is public and stands in the signed study.</summary>
/// <param name="Unit">The unit that (<paramref name="Epsilon"/>, <paramref name="Delta"/>) protects.</param>
/// <param name="ClipNorm">L2 bound C of one vector in model units, finite and positive.</param>
/// <param name="Epsilon">Target epsilon of the whole study for the unit, in (0, 1000].</param>
/// <param name="Delta">Target delta, in (0, 1).</param>
/// <param name="Rounds">Rounds that the budget is divided by, 1 to 1,000,000. A round that is tried again costs
/// again.</param>
/// <param name="MaxClients">Largest number of clients in a sum, at least 2.</param>
/// <param name="Threshold">Fewest clients whose sum is ever revealed, t.</param>
/// <param name="Colluders">Clients c that are assumed to tell the server their own noise; t - c shares must
/// suffice.</param>
/// <param name="Dimension">Entries d of one vector, 1 to 2^26.</param>
/// <param name="RingBits">The sum is taken modulo 2^b, b from 16 to 64.</param>
/// <param name="MaxContributionsPerClient">Vectors that one client adds per round at most; 1 for site updates.</param>
public sealed record MechanismRequest(
    PrivacyUnit Unit,
    double ClipNorm,
    double Epsilon,
    double Delta,
    int Rounds,
    int MaxClients,
    int Threshold,
    int Colluders,
    int Dimension,
    int RingBits,
    int MaxContributionsPerClient)
{
    /// <summary>What one vector is computed from. Default: site updates for the unit site, else task
    /// gradients.</summary>
    public ContributionKind Contribution { get; init; } =
        Unit == PrivacyUnit.Site ? ContributionKind.SiteUpdate : ContributionKind.TaskGradient;

    /// <summary>Tasks of one round that may hold the same patient (m); 1 for a disjoint partition.</summary>
    public int TasksPerPatient { get; init; } = 1;

    /// <summary>
    /// The chance q with which each patient of a hospital enters a round, by a coin that the hospital alone sees. Below
    /// 1 only for gradients of single patients and the unit patient: who takes part among the sites is never secret, a
    /// task's gradient mixes patients, and a site's whole sample could be told from its sum
    /// (docs/proofs/patient-sampling.md). <see cref="MaxContributionsPerClient"/> then bounds the patients for whom a
    /// coin is thrown, so that no sample is ever cut short.
    /// </summary>
    public SamplingRate SamplingRate { get; init; } = SamplingRate.One;

    /// <summary>
    /// Patients of the study, or null where the number is not public. Where it is known a patient claim needs
    /// delta &lt;= 1/(10 patients): a larger delta would allow whole records to be published.
    /// </summary>
    public long? Patients { get; init; }

    /// <summary>Every reason, all at a time, why no mechanism can be derived; empty where the request is
    /// sound.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>();
        void Require(bool holds, string problem)
        {
            if (!holds) problems.Add(problem);
        }

        Require(
            Enum.IsDefined(Unit) && Enum.IsDefined(Contribution), "the unit or the kind of contribution is unknown");
        Require(
            double.IsFinite(ClipNorm) && ClipNorm is >= 1e-9 and <= 1e9, "the clip norm must lie between 1e-9 and 1e9");
        Require(double.IsFinite(Epsilon) && Epsilon is > 0 and <= 1000, "epsilon must lie above 0 and at most 1000");
        Require(double.IsNormal(Delta) && Delta is > 0 and < 1, "delta must lie strictly between 0 and 1");
        Require(Rounds is >= 1 and <= 1_000_000, "rounds must lie between 1 and 1000000");
        Require(MaxClients is >= 2 and <= 100_000, "a sum needs between 2 and 100000 clients");
        Require(
            Threshold >= 1 && Threshold <= MaxClients, "the threshold must lie between 1 and the number of clients");
        Require(Colluders >= 0 && Colluders < Threshold, "fewer clients than the threshold may collude");
        Require(Dimension is >= 1 and <= 1 << 26, "the dimension must lie between 1 and 2^26");
        Require(RingBits is >= 16 and <= ModularRing.MaxBits, "the ring must have between 16 and 64 bits");
        Require(MaxContributionsPerClient is >= 1 and <= 10_000_000, "a client adds between 1 and 10000000 vectors");
        Require(TasksPerPatient is >= 1 and <= 10_000, "a patient stands in between 1 and 10000 tasks of a round");
        Require(
            TasksPerPatient <= MaxContributionsPerClient,
            "a patient cannot stand in more tasks of a round than its client adds");
        Require(
            Contribution != ContributionKind.SiteUpdate || MaxContributionsPerClient == 1,
            "a site update is one vector per round");
        Require(
            Contribution == ContributionKind.TaskGradient || TasksPerPatient == 1,
            "tasks per patient apply to task gradients alone");
        Require(
            !SamplingRate.IsSampled
                || (Contribution == ContributionKind.PatientGradient && Unit == PrivacyUnit.Patient),
            "a sampling rate below 1 is for gradients of single patients and the unit patient alone");
        if (problems.Count > 0) return problems;

        Require(
            Sensitivity.Factor(Unit, Contribution, TasksPerPatient, MaxContributionsPerClient) is not null,
            "gradients of single patients bound patients and sites, not tasks");
        Require(Patients is null or > 0, "the number of patients must be positive");
        Require(
            Unit != PrivacyUnit.Patient || Patients is not { } patients || DeltaRule.Suffices(Delta, patients),
            $"delta must be at most 1/(10 patients) for the unit patient, here 1/{10 * (Patients ?? 0)}");
        return problems;
    }
}
