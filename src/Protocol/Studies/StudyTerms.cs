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
    /// <summary>Whether each patient's own gradient is a vector of its own, clipped before any sum.</summary>
    public bool IsPerPatient => Meta.Algorithm == "fedsgd" && Privacy.Unit == "patient";

    /// <summary>Vectors that a hospital adds to a round at most: the study's public number of tasks, its rows at most
    /// where each patient is one, or the one of the site.</summary>
    public int VectorsPerHospital => Privacy.Unit == "site" ? 1 : IsPerPatient ? Data.MaxRows : Meta.Tasks;

    /// <summary>Rows that make one vector.</summary>
    public int RowsPerVector => IsPerPatient ? 1 : 2 * Meta.Shots;

    /// <summary>Canonical text of the terms: fixed order, every default written out, line feeds.</summary>
    public string ToCanonicalText() => StudyText.Write(this);
}
