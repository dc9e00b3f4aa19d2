namespace FedMeta.Privacy;

/// <summary>
/// A patient claim needs delta at most 1/(10 N) for N patients: with a larger one, a mechanism that publishes
/// somebody's whole record with a chance above one in ten would pass for private. How many patients there are is
/// known to no one party; the study only knows a number that there certainly are.
/// </summary>
/// <param name="PatientsAtLeast">Patients that the study certainly has.</param>
public readonly record struct DeltaRule(long PatientsAtLeast)
{
    /// <summary>No patient claim is made at a delta above this.</summary>
    public double LargestDelta => 1.0 / (10 * PatientsAtLeast);

    /// <summary>Whether a claim may be made at a delta.</summary>
    public bool Allows(PrivacyUnit unit, double delta) => unit != PrivacyUnit.Patient || delta <= LargestDelta;

    /// <summary>The most patients for whom a delta is small enough, rounded down.</summary>
    /// <param name="delta">In (0, 1).</param>
    public static long MostPatients(double delta) => (long)Math.Min(1e18, Math.Floor((0.1 / delta) * (1 + 1e-12)));
}
