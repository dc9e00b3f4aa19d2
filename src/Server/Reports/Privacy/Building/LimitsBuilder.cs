using System.Globalization;
using FedMeta.Privacy;
using FedMeta.Server.Reports.Privacy.Sections;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using static FedMeta.Server.Reports.Privacy.Sections.LimitsSection;
using Computed = FedMeta.Privacy.PrivacyReport;

namespace FedMeta.Server.Reports.Privacy.Building;

/// <summary>
/// Section 10: what has to be trusted, and the layers of NIST SP 800-226 (Guidelines for Evaluating Differential
/// Privacy Guarantees, 2025) as a checklist. Hazards: <see cref="HazardsBuilder"/>.
/// </summary>
internal static class LimitsBuilder
{
    /// <summary>Closed set of answers: given in full, in part, the hospital's own duty, or not settled.</summary>
    public const string Answered = "answered", Partly = "partly", Hospital = "hospital", Open = "open";

    private static readonly IReadOnlyList<string> Trust =
    [
        "Each hospital's own program: that it clips every vector, draws its noise and sends nothing else. No other party can see whether it did; a hospital that does not harms its own patients first.",
        "The hospital's computer: memory, staff, backups and whoever administers it.",
        "The operating system's generator of random bits, AES-256 and SHA-256.",
        "Secure aggregation, for every row but the last of the claims table: its assumptions stand in the column beside it.",
        "Side channels: noise is drawn before patients' data are touched and messages have one length, but running times, power and traffic are not proved to be independent of data.",
        "Settings: a clip norm, a learning rate or a model that was chosen by trying it on the same patients has told something about them, and no row counts it.",
    ];

    /// <summary>The whole section.</summary>
    public static LimitsSection Of(StudyEntry study, StudyPlan plan, Computed computed, AuditSection audit) =>
        new(Trust, Pyramid(study, plan, computed, audit), HazardsBuilder.Of(study, plan, computed));

    private static List<Layer> Pyramid(StudyEntry study, StudyPlan plan, Computed computed, AuditSection audit)
    {
        var request = plan.Mechanism.Request;
        var unit = PrivacyNames.Of(request.Unit);
        var approved = study.Decisions.Values.Count(d => d.Approve);
        return
        [
            new Layer("top", "Epsilon (privacy parameters)", computed.Meaning is null ? Open : Answered,
                computed.Meaning is { } meaning
                    ? $"Epsilon {ReportNumbers.Up(meaning.Epsilon)} so far of {ReportNumbers.Down(request.Epsilon)} granted, at delta {ReportNumbers.Delta(request.Delta)}; each hospital's program enforces the limit itself. Whether that is small enough is for the hospitals to judge; section 9 says what it means."
                    : "No claim: the study's delta is too large for its number of patients."),
            new Layer("top", "Unit of privacy", Answered,
                $"One {unit}: all that it contributes at one hospital is zeroed out; section 2 gives the other units and replace-one. A patient in several hospitals is outside."),
            new Layer("middle", "Algorithms", Answered,
                "Clipping, integer rounding, discrete Gaussian shares, secure sums, zCDP composition; each with its theorem in docs/proofs. No noise is floating point."),
            new Layer("middle", "Correctness", SamplerSelfTest.Passes ? Partly : Open,
                $"The sampler's self-test {(SamplerSelfTest.Passes ? "passed" : "FAILED")}; accountants are tested against published values; this report is recomputed by fedmeta audit verify. {(audit.Status == "run" ? "An empirical audit is on record (section 8)." : "No empirical audit is on record.")} That a hospital ran this code is its own statement."),
            new Layer("middle", "Utility", Partly,
                $"Noise over signal in the mean of a full round: {ReportNumbers.Up(plan.Mechanism.NoiseToSignal)} clip norms. Accuracy is measured by each hospital on its own patients (fedmeta-client evaluate) and does not leave it."),
            new Layer("middle", "Bias", Open,
                "Not measured. Noise and clipping hurt small groups of patients most: a hospital that deploys the model has to compare it by group on its own patients."),
            new Layer("base", "Trust model", Answered,
                $"No party holds all records. Against {ClaimWords.Adversary(AdversaryKind.Coordinator, request.Colluders)} secure aggregation and the others' noise count; against everyone else the hospital's own noise (section 2). {approved} of {plan.Members.Count} hospitals approved."),
            new Layer("base", "Side channels", Partly,
                "No floating-point noise; noise drawn before the data are touched; one message length. Running time, power and traffic on the hospital's own computer are not measured."),
            new Layer("base", "Access control", Partly,
                "Each hospital acts under its own key, approves the exact document and can withdraw; the coordinator never holds records. Who may read records, models and this report inside a hospital is the hospital's own duty."),
            new Layer("base", "Data collection", Hospital,
                "Records stay in the hospital's systems as before; the study neither collects nor deletes any. Lawfulness, consent, retention and the security of that store are outside the system."),
        ];
    }

    /// <summary>Whole numbers as everywhere in the report.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
