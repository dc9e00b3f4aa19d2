namespace FedMeta.Protocol;

/// <summary>
/// What a study's author decides: everything but members, mechanism and initial model, which <c>study propose</c> adds.
/// Ranges stand in docs/reference/study-file.md; a value of this type read by <see cref="StudyDraft"/> is within them.
/// </summary>
/// <param name="Name">1 to 48 of a-z, 0-9 and -.</param>
/// <param name="Purpose">For a hospital's board.</param>
/// <param name="Data">What a hospital's data must be like.</param>
/// <param name="Model">The model.</param>
/// <param name="Meta">The algorithm.</param>
/// <param name="Aggregation">When a sum may be opened.</param>
/// <param name="Privacy">The budget.</param>
/// <param name="Rounds">How many, how long.</param>
/// <param name="Checks">What a new model has to pass.</param>
public sealed record StudyTerms(
    string Name,
    string Purpose,
    DataTerms Data,
    ModelTerms Model,
    MetaTerms Meta,
    AggregationTerms Aggregation,
    PrivacyTerms Privacy,
    RoundTerms Rounds,
    ChecksTerms Checks)
{
    /// <summary>Canonical text of the terms: fixed order, every default written out, line feeds.</summary>
    public string ToCanonicalText() => StudyText.Write(this);
}
