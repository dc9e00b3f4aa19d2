using FedMeta.Privacy;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using static FedMeta.Server.Reports.Privacy.Building.LimitsBuilder;
using static FedMeta.Server.Reports.Privacy.Sections.LimitsSection;
using Computed = FedMeta.Privacy.PrivacyReport;

namespace FedMeta.Server.Reports.Privacy.Building;

/// <summary>The hazards that NIST SP 800-226 warns of, in our words, each with this study's answer.</summary>
internal static class HazardsBuilder
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Hazard> Of(StudyEntry study, StudyPlan plan, Computed computed)
    {
        var request = plan.Mechanism.Request;
        var charged = computed.AfterEachRound.Count;
        return
        [
            new Hazard("Judging by epsilon alone", Answered,
                "Unit, relation, adversary, delta, method and assumptions stand with every figure; the layers above are answered one by one."),
            Epsilon(computed),
            new Hazard("Delta so large that whole records may leak", computed.Meaning is null ? Open : Partly,
                Text($"Refused above 1/(10 N) for the {ReportNumbers.Many(computed.DeltaRule.PatientsAtLeast)} patients that there certainly are; the hospitals have to confirm that there are at most {ReportNumbers.Many(DeltaRule.MostPatients(request.Delta))}.")),
            new Hazard("A unit smaller than a person", request.Unit == PrivacyUnit.Task ? Open : Partly,
                request.Unit == PrivacyUnit.Task
                    ? "The budget counts tasks; section 2 states what that means for a patient."
                    : "The unit is the person or the hospital, not the record; a file with a patient in two rows breaks that, and only the hospital can see it."),
            new Hazard("Comparing epsilons of different relations or variants", Answered,
                "Zero-out and replace-one have rows of their own; rho, mu and epsilon at three deltas stand side by side with their method."),
            new Hazard("Contributions without a bound", Answered,
                Text($"Every vector is clipped to {request.ClipNorm} and its integer norm checked in exact arithmetic; a hospital adds at most {request.MaxContributionsPerClient} a round.")),
            new Hazard("Releases that nobody counts", Answered,
                Text($"Each hospital charges an attempt before its input leaves, whatever becomes of it: {charged} attempts so far. Section 6 lists what else leaves.")),
            new Hazard("A budget that is reset or topped up", Answered,
                "Budgets are kept by each hospital across studies and restarts, in whole numbers; a signed study cannot change, and a further study adds to the same books."),
            new Hazard("Tuning on the same data", Open,
                "Not counted. The document says nothing about how its settings were chosen; the author has to."),
            new Hazard("Floating-point noise", Answered,
                "None: integers from rounding to the opened sum, and an exact sampler."),
            new Hazard("Weak or repeated randomness", Answered,
                "The operating system's cryptographic generator for each share; no seed is configured, logged or shared between hospitals."),
            new Hazard("Timing and other side channels", Partly,
                "Noise is drawn before the data are touched and messages have one length; the rest of the hospital's computer is not hardened."),
            new Hazard("A trust model that is not the real one", Answered,
                "Section 2 has a row for each adversary up to everyone else together; which is real is for the hospital to judge."),
            new Hazard("Secure sums taken for privacy", Answered,
                "A sum without noise protects nobody; here every opened sum carries noise, and the claims rest on it."),
            new Hazard("Removing names taken for privacy", Answered,
                "No claim rests on removed names or codes."),
            new Hazard("Groups that fare worse", Open,
                "Not measured here: see Bias above."),
            new Hazard("Records that remain where they are", Hospital,
                "Differential privacy protects against the outputs, not against whoever gets at the records in the hospital."),
        ];
    }

    private static Hazard Epsilon(Computed computed) => computed.Meaning switch
    {
        null => new Hazard("An epsilon too large to mean anything", Open, "No epsilon is claimed at this delta."),
        { Epsilon: <= ReportNumbers.LargestTellingEpsilon } m => new Hazard("An epsilon too large to mean anything",
            Answered,
            $"The odds change by at most a factor of {ReportNumbers.OddsFactor(m.Epsilon)} for the budget's adversary; rows where the bound says little are shown with their size all the same."),
        _ => new Hazard("An epsilon too large to mean anything", Open,
            $"It is: above {ReportNumbers.LargestTellingEpsilon} the bound reassures nobody, and the report says so instead of printing a factor."),
    };
}
