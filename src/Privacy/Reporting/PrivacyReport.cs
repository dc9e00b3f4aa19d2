namespace FedMeta.Privacy;

/// <summary>
/// All that a ledger proves about a study, as numbers and as sentences; equal facts give an equal report, so anyone
/// with the ledger can check it. Rendering is elsewhere. Theorems: docs/proofs/noise-shares.md,
/// docs/proofs/patient-through-tasks.md.
/// </summary>
public sealed class PrivacyReport
{
    private readonly Lazy<IReadOnlyList<UnitClaims>> _claims;

    internal PrivacyReport(Func<IReadOnlyList<UnitClaims>> claims) => _claims = new(claims);

    /// <summary>What the sentences speak of: name, plan, members.</summary>
    public required PrivacyFacts Facts { get; init; }

    /// <summary>Claims: the study's own unit first, zero-out before replace-one.</summary>
    public IReadOnlyList<UnitClaims> Claims => _claims.Value;

    /// <summary>The study after each attempt that cost anything.</summary>
    public required IReadOnlyList<RoundEpsilon> AfterEachRound { get; init; }

    /// <summary>What is left.</summary>
    public required BudgetForecast Forecast { get; init; }

    /// <summary>Which deltas a patient claim may have.</summary>
    public required DeltaRule DeltaRule { get; init; }

    /// <summary>Attempts whose sum was revealed.</summary>
    public required int CompletedRounds { get; init; }

    /// <summary>Attempts that were charged without a result.</summary>
    public required int ChargedAborts { get; init; }

    /// <summary>Completed attempts in which a coordinate came near the edge of the ring.</summary>
    public required int NearWraps { get; init; }

    /// <summary>Fewest clients in a revealed sum; null before the first.</summary>
    public required int? FewestSurvivors { get; init; }

    /// <summary>The headline in numbers that a person can judge; null where its delta is refused.</summary>
    public ClaimMeaning? Meaning => Headline.WorstCase is { } figures && figures.Epsilons[0] is { Epsilon: { } epsilon } at
        ? ClaimMeaning.Of(epsilon, at.Delta, ClaimAccountant.FalsePositiveRate, figures.TestPower)
        : null;

    /// <summary>The claim that the budget enforces: the study's unit against its assumed colluders.</summary>
    public AdversaryClaim Headline => Claims[0].Against(Facts.Plan.Request.Colluders);

    /// <summary>The sentences, English first, then Korean.</summary>
    public IReadOnlyList<ReportText> Texts => [EnglishReport.Of(this), KoreanReport.Of(this)];

    /// <summary>The page for someone who reads one page, English first, then Korean.</summary>
    public IReadOnlyList<ReportSummary> Summaries => [EnglishSummary.Of(this), KoreanSummary.Of(this)];

    /// <summary>Makes the report.</summary>
    /// <exception cref="ArgumentException">The facts contradict the plan: survivors below its threshold, or above its
    /// clients.</exception>
    public static PrivacyReport Of(PrivacyFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return ReportArithmetic.Of(facts);
    }
}
