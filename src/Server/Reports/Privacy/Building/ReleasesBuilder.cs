using FedMeta.Server.Reports.Privacy.Sections;
using FedMeta.Server.Studies;
using static FedMeta.Server.Reports.Privacy.Sections.ReleasesSection;

namespace FedMeta.Server.Reports.Privacy.Building;

/// <summary>Section 6. A client of another make could send more; the wire has no place for it.</summary>
internal static class ReleasesBuilder
{
    private const string Everyone = "coordinator and members", Coordinator = "coordinator", Nobody = "nobody";

    /// <summary>Everything that leaves a hospital besides its masked input, with its charge.</summary>
    public static ReleasesSection Of(StudyPlan plan) => new(false,
    [
        new Release("Losses, metrics, accuracy, counts of records, shares of clipped vectors", Nobody, "0",
            "none: no message has a place for them"),
        new Release("Checks of an opened sum: its norm, and its loss on a public probe set where the study has one",
            "coordinator, and readers of the journal", "0",
            "computed from the sum that was charged already: post-processing"),
        new Release("Whether and when a hospital takes part, drops out or refuses, and the reason that it gives", Everyone, "0",
            "not charged: it is no function of patients' values as long as people and programs do not make it one"),
        new Release($"That a hospital which takes part has at least {plan.Terms.Data.MinRows} training rows", Everyone, "0",
            "not charged: one fact about the hospital's size, which a single patient changes only where the hospital has exactly that many"),
        new Release("Keys, encrypted shares, signatures; a masked vector of the same length for all", Everyone, "0",
            "independent of patients, or masked by keys that the coordinator does not have"),
        new Release("The signed ledger entry of each masked input: cost, variance of the noise, bounds, time", Coordinator, "0",
            "planned numbers and a clock; no norm, loss, seed or count of records"),
    ]);
}
