namespace FedMeta.Privacy;

/// <summary>
/// How far the integer sum of a round can move, in multiples of the integer norm bound B of one vector, when one unit
/// is zeroed out. Theorem and conditions: docs/proofs/patient-through-tasks.md.
/// </summary>
public static class Sensitivity
{
    /// <summary>
    /// The factor k with L2 sensitivity k B, or null where the contribution says nothing about the unit
    /// (a patient's gradient does not bound a task).
    /// </summary>
    /// <param name="unit">The unit that is zeroed out.</param>
    /// <param name="contribution">What one vector is computed from.</param>
    /// <param name="tasksPerPatient">Tasks of one round that may hold the same patient, m &gt;= 1.</param>
    /// <param name="maxContributionsPerClient">Vectors that one site adds at most.</param>
    public static int? Factor(
        PrivacyUnit unit, ContributionKind contribution, int tasksPerPatient, int maxContributionsPerClient)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasksPerPatient, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxContributionsPerClient, 1);
        return (unit, contribution) switch
        {
            (PrivacyUnit.Patient, ContributionKind.PatientGradient) => 1,
            // Without the patient a task's gradient is another vector, not the zero vector: both are at most B long.
            (PrivacyUnit.Patient, ContributionKind.TaskGradient) => checked(2 * tasksPerPatient),
            (PrivacyUnit.Patient, ContributionKind.SiteUpdate) => 2,
            (PrivacyUnit.Task, ContributionKind.TaskGradient) => 1,
            (PrivacyUnit.Task, ContributionKind.SiteUpdate) => 2,
            (PrivacyUnit.Site, _) => maxContributionsPerClient,
            _ => null,
        };
    }

    /// <summary>
    /// The same for either relation. Replacing a unit exchanges one bounded vector for another, which moves the sum
    /// twice as far as taking it out, unless taking it out is such an exchange already.
    /// </summary>
    public static int? Factor(
        PrivacyUnit unit,
        ContributionKind contribution,
        int tasksPerPatient,
        int maxContributionsPerClient,
        Adjacency adjacency)
    {
        var vanishes = (unit, contribution) is (PrivacyUnit.Patient, ContributionKind.PatientGradient)
            or (PrivacyUnit.Task, ContributionKind.TaskGradient) or (PrivacyUnit.Site, _);
        var factor = Factor(unit, contribution, tasksPerPatient, maxContributionsPerClient);
        return checked(adjacency == Adjacency.ReplaceOne && vanishes ? 2 * factor : factor);
    }
}
