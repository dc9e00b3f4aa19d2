using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.SecureAgg;

namespace FedMeta.Server.Studies;

/// <summary>
/// What a resolved study document means in numbers: model, algorithm, optimiser, mechanism and aggregation.
/// Everything is
/// derived again from the document wherever it is needed, so that no second truth can drift from the signed one.
/// </summary>
internal sealed record StudyPlan(StudyDocument Document, StudyNumbers Numbers)
{
    /// <summary>What the author decided.</summary>
    public StudyTerms Terms => Document.Terms;

    /// <summary>The hospitals, sorted by id.</summary>
    public IReadOnlyList<StudyMember> Members => Document.Members;

    /// <summary>The noise mechanism.</summary>
    public MechanismPlan Mechanism => Numbers.Mechanism;

    /// <summary>The parameters of secure aggregation.</summary>
    public AggregationParameters Aggregation => Numbers.Aggregation;

    /// <summary>Longest wait in a phase.</summary>
    public TimeSpan Deadline => Terms.Rounds.Deadline;

    /// <summary>Rounds that the study plans.</summary>
    public int RoundCount => Terms.Rounds.Count;

    /// <summary>The hash of the initial model, hex.</summary>
    public string InitialModel => Document.InitialModel.ToString();

    /// <summary>The algorithm, ready for the model.</summary>
    public IMetaAlgorithm<double> CreateAlgorithm() => MetaAlgorithms.Create<double>(Numbers.Algorithm, Numbers.Model);
}
