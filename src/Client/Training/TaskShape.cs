using FedMeta.Learning;
using FedMeta.Privacy;

namespace FedMeta.Client.Training;

/// <summary>How a study cuts a site's training rows into units of contribution.</summary>
/// <param name="Kind">What one clipped vector is computed from.</param>
/// <param name="SupportShots">Support rows of a task.</param>
/// <param name="QueryShots">Query rows of a task.</param>
/// <param name="WholeSite">The algorithm trains on all rows at a time; only for <see
/// cref="ContributionKind.SiteUpdate"/>.</param>
internal sealed record TaskShape(ContributionKind Kind, int SupportShots, int QueryShots, bool WholeSite)
{
    /// <summary>Rows of one task.</summary>
    public int RowsPerTask => SupportShots + QueryShots;

    /// <summary>
    /// The shape for an algorithm and unit. With fedsgd every patient's gradient is a vector of its own; else patients
    /// and tasks are protected by disjoint tasks, each clipped by itself. For the unit site the whole update is one
    /// vector: of all rows where the algorithm trains that way, else the mean over the site's tasks.
    /// </summary>
    public static TaskShape Of(string algorithm, PrivacyUnit unit, int shots) => (algorithm, unit) switch
    {
        ("fedsgd", PrivacyUnit.Patient) => new(ContributionKind.PatientGradient, 0, 1, WholeSite: false),
        (_, PrivacyUnit.Site) => new(ContributionKind.SiteUpdate, shots, shots,
            WholeSite: MetaAlgorithms.Find(algorithm)?.TrainsOnAllRecords ?? false),
        _ => new(ContributionKind.TaskGradient, shots, shots, WholeSite: false),
    };
}
