namespace FedMeta.Privacy;

/// <summary>
/// A patient claim needs delta at most 1/(10 N) for N patients: a mechanism that publishes one record in N outright
/// satisfies delta = 1/N, so a larger one promises nobody anything (docs/proofs/patient-through-tasks.md, Delta). How
/// many patients a study has is known to no one party: a plan knows what was said of it, a hospital its own patients,
/// and a report a number that there certainly are.
/// </summary>
/// <param name="PatientsAtLeast">Patients that the study certainly has.</param>
public readonly record struct DeltaRule(long PatientsAtLeast)
{
    /// <summary>No patient claim is made at a delta above this.</summary>
    public double LargestDelta => Largest(PatientsAtLeast);

    /// <summary>Whether a claim may be made at a delta.</summary>
    public bool Allows(PrivacyUnit unit, double delta) =>
        unit != PrivacyUnit.Patient || Suffices(delta, PatientsAtLeast);

    /// <summary>Whether a delta is small enough for so many patients.</summary>
    public static bool Suffices(double delta, long patients) => delta <= Largest(patients);

    /// <summary>The most patients for whom a delta is small enough, rounded down.</summary>
    /// <param name="delta">In (0, 1).</param>
    public static long MostPatients(double delta) => (long)Math.Min(1e18, Math.Floor((0.1 / delta) * (1 + 1e-12)));

    // One correctly rounded quotient: equal to the double that somebody writes for it in decimals.
    private static double Largest(long patients) => 1 / (10.0 * patients);
}
