namespace FedMeta.Server.State.Facts;

/// <summary>The coordinator paused the study by itself; the operator looks at the reason and resumes or stops
/// it.</summary>
internal sealed record StudyPaused(string Study, string Reason) : Fact;
