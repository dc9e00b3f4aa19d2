using FedMeta.Learning;

namespace FedMeta.Client.Adaptation;

/// <summary>What <c>evaluate</c> writes. It describes this hospital's patients: a file for the hospital
/// alone.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="StudyHash">Hash of its document.</param>
/// <param name="MetaModel">Hash of the meta-model's file.</param>
/// <param name="TrainRows">Rows that adaptation and the local model saw.</param>
/// <param name="TestRows">Rows that judged.</param>
/// <param name="SplitSeed">Seed of the split; null where the file's fold column decided.</param>
/// <param name="Outcome">The kind of loss, which names the measures.</param>
/// <param name="Adaptation">Which adaptation was chosen and why.</param>
/// <param name="Models">One row for each model.</param>
internal sealed record EvaluationReport(
    string Study,
    string StudyHash,
    string MetaModel,
    int TrainRows,
    int TestRows,
    ulong? SplitSeed,
    LossKind Outcome,
    string Adaptation,
    IReadOnlyList<EvaluationRow> Models)
{
    /// <summary>What to look at before anything is believed; empty: nothing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Baselines that this hospital cannot compute by itself, and why.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Every candidate of the adaptation with its held-out loss on the training rows.</summary>
    public IReadOnlyList<CandidateScore> Candidates { get; init; } = [];

    /// <summary>The adapted meta-model against each other model, patient by patient.</summary>
    public IReadOnlyList<PairedComparison> Comparisons { get; init; } = [];

    /// <summary>Predicted against observed; empty for outcomes without probabilities.</summary>
    public IReadOnlyList<ReliabilityDiagram> Reliability { get; init; } = [];

    /// <summary>How the model does with 0, 5, 10, ... of the training rows; empty where none were asked for.</summary>
    public IReadOnlyList<AdaptationCurve> Curves { get; init; } = [];

    /// <summary>The adapted and the unadapted model on parts of the held-out patients; empty where none were asked
    /// for.</summary>
    public IReadOnlyList<SubgroupRow> Subgroups { get; init; } = [];
}
