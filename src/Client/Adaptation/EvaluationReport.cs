namespace FedMeta.Client.Adaptation;

/// <summary>What <c>evaluate</c> writes. It describes this hospital's patients: a file for the hospital
/// alone.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="StudyHash">Hash of its document.</param>
/// <param name="MetaModel">Hash of the meta-model's file.</param>
/// <param name="TrainRows">Rows that adaptation and the local model saw.</param>
/// <param name="TestRows">Rows that judged.</param>
/// <param name="SplitSeed">Seed of the split; null where the file's fold column decided.</param>
/// <param name="Adaptation">Which adaptation was chosen and why.</param>
/// <param name="Models">One row for each model.</param>
internal sealed record EvaluationReport(
    string Study,
    string StudyHash,
    string MetaModel,
    int TrainRows,
    int TestRows,
    ulong? SplitSeed,
    string Adaptation,
    IReadOnlyList<EvaluationRow> Models);
