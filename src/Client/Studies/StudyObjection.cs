namespace FedMeta.Client.Studies;

/// <summary>A reason why this hospital cannot approve a study, or cannot take part in a round of it.</summary>
/// <param name="Kind">What it concerns.</param>
/// <param name="What">In words, with the numbers.</param>
internal sealed record StudyObjection(StudyObjectionKind Kind, string What);
