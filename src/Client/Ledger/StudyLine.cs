namespace FedMeta.Client.Ledger;

/// <summary>What one study cost this hospital.</summary>
/// <param name="Name">The study's name.</param>
/// <param name="Hash">Hash of its document.</param>
/// <param name="Decision">approved or refused.</param>
/// <param name="Rounds">Attempts that were spent.</param>
/// <param name="Epsilon">So far, of the study's own claim; null where the document cannot be read any more.</param>
/// <param name="StudyDelta">Delta of the study's own claim; null as epsilon.</param>
/// <param name="Unit">Unit of the study's own claim; null as epsilon.</param>
internal sealed record StudyLine(
    string Name, string Hash, string Decision, int Rounds, double? Epsilon, double? StudyDelta, string? Unit);
