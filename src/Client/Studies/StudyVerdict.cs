using FedMeta.Client.Policy;

namespace FedMeta.Client.Studies;

/// <summary>What the verification of a document gave: a study, or every objection at a time.</summary>
/// <param name="Study">The study; null where the document itself does not hold together.</param>
/// <param name="Limits">The limits that hold here for it; null as the study.</param>
/// <param name="Objections">Empty where the hospital may approve.</param>
internal sealed record StudyVerdict(
    VerifiedStudy? Study, EffectiveLimits? Limits, IReadOnlyList<StudyObjection> Objections);
