using FedMeta.Server.Reports.Privacy.Sections;
using FedMeta.Server.State;

namespace FedMeta.Server.Reports.Privacy.Building;

/// <summary>Section 8.</summary>
internal static class AuditBuilder
{
    /// <summary>The result on record, or that there is none.</summary>
    public static AuditSection Of(StudyEntry study) => new(
        "not-run",
        $"No empirical audit of {study.Name} is on record, so no attack stands beside the claims. An audit plants canaries in a run of its own and bounds epsilon from below; it finds gross faults and proves no claim. Run fedmeta-sim audit-run: it holds the pipeline of this software, with invented patients, against canaries.",
        null);
}
