using FedMeta.Client.Data;
using FedMeta.Client.Policy;
using FedMeta.Client.Training;
using FedMeta.Learning;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.SecureAgg;

namespace FedMeta.Client.Studies;

/// <summary>
/// A study document of which this hospital itself recomputed and checked everything that it will rely on. Nothing in
/// here comes from a server's word: all of it follows from the document's bytes.
/// </summary>
internal sealed record VerifiedStudy
{
    /// <summary>Hash of the document, 64 hexadecimal digits; the study's identity.</summary>
    public required string Hash { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the model file that the study starts from.</summary>
    public required Sha256Digest InitialModel { get; init; }

    /// <summary>Rounds of the study.</summary>
    public required uint Rounds { get; init; }

    /// <summary>Deadline of a phase.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>Delta of the study's own claim.</summary>
    public required double Delta { get; init; }

    /// <summary>Seed of everything that is shuffled.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What the hospital's file must hold.</summary>
    public required DataContract Data { get; init; }

    /// <summary>The study's public constants.</summary>
    public required FeatureScaling Scaling { get; init; }

    /// <summary>The model.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>The algorithm.</summary>
    public required AlgorithmSettings Algorithm { get; init; }

    /// <summary>How rows become units of contribution.</summary>
    public required TaskShape Shape { get; init; }

    /// <summary>The noise mechanism as this hospital derived it.</summary>
    public required MechanismPlan Mechanism { get; init; }

    /// <summary>The parameters of secure aggregation.</summary>
    public required AggregationParameters Aggregation { get; init; }

    /// <summary>All members: client id to SubjectPublicKeyInfo.</summary>
    public required IReadOnlyDictionary<string, byte[]> Members { get; init; }

    /// <summary>What the policy can tighten.</summary>
    public required StudyDemands Demands { get; init; }

    /// <summary>The algorithm, ready for the model.</summary>
    public IMetaAlgorithm<double> CreateAlgorithm() => MetaAlgorithms.Create<double>(Algorithm, Model);

    /// <summary>The model in the managed engine.</summary>
    public IModel<double> CreateModel() => ManagedEngine.Instance.Build<double>(Model);
}
