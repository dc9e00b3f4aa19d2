namespace FedMeta.Privacy;

/// <summary>Whose presence a claim hides. Claims about different units stand side by side and are never
/// added.</summary>
public enum PrivacyUnit
{
    /// <summary>All records of one patient at one site.</summary>
    Patient,

    /// <summary>All records of one task: a group of patients of one site that stays together in every round, as tasks
    /// do in a study of this unit alone (docs/proofs/patient-through-tasks.md).</summary>
    Task,

    /// <summary>The whole site.</summary>
    Site,
}
