using FedMeta.Privacy;
using FedMeta.Server.Reports.Privacy.Sections;
using FedMeta.Server.State;

namespace FedMeta.Server.Reports.Privacy.Building;

/// <summary>Section 8.</summary>
internal static class AuditBuilder
{
    /// <summary>The newest result on record, its bound computed again from the counts, or that there is none.</summary>
    public static AuditSection Of(StudyEntry study)
    {
        if (study.Audit is not { } audit)
        {
            return new AuditSection("not-run",
                $"No empirical audit of {study.Name} is on record, so no attack stands beside the claims. An audit plants canaries in a run of its own and bounds epsilon from below; it finds gross faults and proves no claim. Run fedmeta-sim audit-run: it holds the pipeline of this software, with invented patients, against canaries. fedmeta audit record puts its findings here.",
                null);
        }

        var (origin, found) = audit;
        var same = StatedCosts.CodeHashes(study).SequenceEqual([found.Code]);
        var sentence = "The operator recorded an attack with canaries on the shipped pipeline, in a run of its own with invented patients. It finds gross faults and proves no claim. "
            + (same
                ? "It is of the build that every hospital of this study stated."
                : "It is of a build that not every hospital of this study stated, so it says nothing about them.");
        return new AuditSection("run", sentence, new AuditSection.Finding(
            OneRunAudit.EpsilonLowerBound(found.Canaries, found.Guesses, found.Correct, found.Delta, found.Level),
            found.Delta, 1 - found.Level, found.Canaries, found.Guesses, found.Correct, origin.Record));
    }
}
