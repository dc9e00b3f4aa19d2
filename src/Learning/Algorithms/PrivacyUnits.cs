namespace FedMeta.Learning;

/// <summary>
/// The closed table of algorithm and privacy unit (privacy.md a.2). Patient and task claims rest on disjoint tasks
/// (<see cref="TaskPartition"/>) of which every one is clipped alone; the site claim on one clipped vector per site.
/// </summary>
public static class PrivacyUnits
{
    /// <summary>The units: patient, task, site.</summary>
    public static IReadOnlyList<string> Names { get; } = ["patient", "task", "site"];

    /// <summary>The ruling for a combination; unknown names are unsound.</summary>
    /// <param name="algorithm">One of <see cref="MetaAlgorithms.Names"/>.</param>
    /// <param name="unit">patient, task or site.</param>
    /// <param name="loss">The model's loss.</param>
    /// <param name="recordsPerTask">Support and query records of a task together.</param>
    public static UnitRuling Rule(string algorithm, string unit, LossKind loss, int recordsPerTask) =>
        (algorithm, unit) switch
        {
            _ when !MetaAlgorithms.Names.Contains(algorithm) => Unsound($"there is no algorithm '{algorithm}'"),
            ("scaffold", "site") => Sound(
                1,
                "the site's two vectors are clipped as one, and what they carry over from earlier rounds is its own"),
            ("scaffold", "patient" or "task") => Unsound(
                "every local step uses the site's control variate, formed by its patients of all earlier rounds: "
                + "one patient changes every task, so no clip per task bounds a patient"),
            (_, "site") => Sound(1, "everything that a site sends in a round is one vector clipped to C"),
            (_, "task") => Sound(
                1, "tasks are disjoint and each is clipped to C: without a task the sum moves by C at most"),
            ("fedsgd", "patient") when recordsPerTask == 1 && loss != LossKind.CoxPartialLikelihood => Sound(
                1, "each patient's own gradient is clipped to C before any sum"),
            ("fedsgd", "patient") when recordsPerTask == 1 => Unsound(
                "the Cox loss compares patients with each other: no patient has a gradient alone"),
            (_, "patient") => Sound(
                2,
                "a patient is in one task of a round; a change of the patient turns the task's clipped vector into "
                + "another one, so the sum moves by 2C at most (the inner loop mixes the patients of a task, which is "
                + "why clipping per patient is not defined)"),
            _ => Unsound($"there is no privacy unit '{unit}'"),
        };

    private static UnitRuling Sound(int clipsPerUnit, string reason) => new(true, clipsPerUnit, reason);

    private static UnitRuling Unsound(string reason) => new(false, 0, reason);
}
