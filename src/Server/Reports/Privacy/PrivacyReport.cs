using FedMeta.Server.Reports.Privacy.Sections;

namespace FedMeta.Server.Reports.Privacy;

/// <summary>
/// What a data protection officer is given: every figure follows from the journal alone and carries the number of the
/// record behind it. Written as JSON (docs/reference/privacy-report.schema.json) and, from the same object, as one HTML
/// page. Costs rho are exact decimal texts in units of 2^-64; times are UTC, ISO 8601.
/// </summary>
internal sealed record PrivacyReport
{
    /// <summary>The layout; a change is a new number.</summary>
    public const string CurrentSchema = "fedmeta-privacy-report-2";

    /// <summary>Always <see cref="CurrentSchema"/>.</summary>
    public required string Schema { get; init; }

    /// <summary>One page in plain words for each language: English, Korean.</summary>
    public required IReadOnlyList<SummaryPage> Summary { get; init; }

    /// <summary>1: study, journal and time span.</summary>
    public required IdentitySection Identity { get; init; }

    /// <summary>2: one claim for each unit, relation and adversary; they stand side by side and are never added.</summary>
    public required ClaimsSection Claims { get; init; }

    /// <summary>3: granted, spent, reserved, remaining; after each round, and ahead.</summary>
    public required BudgetSection Budget { get; init; }

    /// <summary>4: the noise mechanism, planned and realised.</summary>
    public required MechanismSection Mechanism { get; init; }

    /// <summary>5: who took part in what.</summary>
    public required ParticipationSection Participation { get; init; }

    /// <summary>6: what left the hospitals besides the masked sums, each with its charge.</summary>
    public required ReleasesSection Releases { get; init; }

    /// <summary>7: what departs from the usual, and what could not be seen from here.</summary>
    public required DeviationsSection Deviations { get; init; }

    /// <summary>8: what an attack on the whole pipeline found.</summary>
    public required AuditSection EmpiricalAudit { get; init; }

    /// <summary>9: the headline in numbers and words that a person can judge, and what is not protected.</summary>
    public required MeaningSection Meaning { get; init; }

    /// <summary>10: what the figures rest on, as a checklist.</summary>
    public required LimitsSection Limits { get; init; }

    /// <summary>11: who signed what.</summary>
    public required SignaturesSection Signatures { get; init; }

    /// <summary>The signed study document, in full.</summary>
    public required string Document { get; init; }
}
