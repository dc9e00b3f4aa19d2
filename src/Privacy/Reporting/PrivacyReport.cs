namespace FedMeta.Privacy;

/// <summary>
/// All that a ledger proves about a study, as numbers and as sentences; equal facts give an equal report, so anyone
/// with the ledger can check it. Rendering is elsewhere.
/// </summary>
public sealed record PrivacyReport
{
    /// <summary>Name of the study.</summary>
    public required string Study { get; init; }

    /// <summary>The mechanism that ran, in the text that was signed.</summary>
    public required string MechanismTerms { get; init; }

    /// <summary>Noise multiplier of a round with the fewest survivors.</summary>
    public required double NoiseMultiplier { get; init; }

    /// <summary>log10 of tau for a round with the fewest survivors.</summary>
    public required double Log10Tau { get; init; }

    /// <summary>Claims: the study's own unit first, worst case before realised.</summary>
    public required IReadOnlyList<PrivacyClaim> Claims { get; init; }

    /// <summary>The study after each attempt that cost anything.</summary>
    public required IReadOnlyList<RoundEpsilon> AfterEachRound { get; init; }

    /// <summary>The curve of the first claim, from large delta to small.</summary>
    public required IReadOnlyList<EpsilonAtDelta> Curve { get; init; }

    /// <summary>What is left.</summary>
    public required BudgetForecast Forecast { get; init; }

    /// <summary>Attempts whose sum was revealed.</summary>
    public required int CompletedRounds { get; init; }

    /// <summary>Attempts that were charged without a result.</summary>
    public required int ChargedAborts { get; init; }

    /// <summary>Completed attempts in which a coordinate came near the edge of the ring.</summary>
    public required int NearWraps { get; init; }

    /// <summary>Fewest clients in a revealed sum; null before the first.</summary>
    public required int? FewestSurvivors { get; init; }

    /// <summary>The sentences, English first, then Korean.</summary>
    public required IReadOnlyList<ReportText> Texts { get; init; }

    /// <summary>Makes the report.</summary>
    /// <exception cref="ArgumentException">The facts contradict the plan: survivors below its threshold, or above its
    /// clients.</exception>
    public static PrivacyReport Of(PrivacyFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return ReportArithmetic.Of(facts);
    }
}
