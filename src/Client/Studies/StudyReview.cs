using FedMeta.Client.Data;
using FedMeta.Protocol;

namespace FedMeta.Client.Studies;

/// <summary>Everything that a hospital's people need to decide about a study.</summary>
/// <param name="Document">The document.</param>
/// <param name="Verdict">What this hospital's own verification found.</param>
/// <param name="Forecast">What it will cost; null where the document does not hold together.</param>
/// <param name="DataProblems">Faults and warnings of the hospital's data for this study.</param>
/// <param name="Objections">Every reason against; empty where it may be approved.</param>
internal sealed record StudyReview(
    StudyDocument Document,
    StudyVerdict Verdict,
    StudyForecast? Forecast,
    IReadOnlyList<DataProblem> DataProblems,
    IReadOnlyList<StudyObjection> Objections);
