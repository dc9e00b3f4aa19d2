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

    /// <summary>What every ledger entry of the study says about the mechanism.</summary>
    public required LedgerTerms Ledger { get; init; }

    /// <summary>The parameters of secure aggregation.</summary>
    public required AggregationParameters Aggregation { get; init; }

    /// <summary>How a round is divided into groups; null where it has one sum over all members.</summary>
    public required GroupLayout? Groups { get; init; }

    /// <summary>Least size of a group.</summary>
    public required int BucketSize { get; init; }

    /// <summary>Members of the smallest sum when all are there: the crowd that this hospital hides in.</summary>
    public int SmallestSum => Groups?.Smallest ?? Members.Count;

    /// <summary>All members: client id to SubjectPublicKeyInfo.</summary>
    public required IReadOnlyDictionary<string, byte[]> Members { get; init; }

    /// <summary>What the policy can tighten.</summary>
    public required StudyDemands Demands { get; init; }

    /// <summary>
    /// The sum that a hospital belongs to in one attempt, computed from the approved document and what the round starts
    /// from: a server has no say in it.
    /// </summary>
    /// <param name="clientId">A member.</param>
    /// <param name="id">The round and the attempt.</param>
    /// <param name="modelHash">Hash of the model that was received, 32 bytes.</param>
    /// <returns>The group's number (0 for all members) and its members' keys.</returns>
    public (int Number, IReadOnlyDictionary<string, byte[]> Members) SumOf(
        string clientId, RoundId id, ReadOnlySpan<byte> modelHash)
    {
        if (Groups is null) return (0, Members);
        var seed = GroupDraw.Seed(Convert.FromHexString(Hash), id, modelHash);
        var groups = GroupDraw.Draw([.. Members.Keys.Order(StringComparer.Ordinal)], seed, BucketSize);
        var at = Enumerable.Range(0, groups.Count).First(group => groups[group].Contains(clientId));
        return (at + 1, groups[at].ToDictionary(id => id, id => Members[id], StringComparer.Ordinal));
    }

    /// <summary>The algorithm, ready for the model.</summary>
    public IMetaAlgorithm<double> CreateAlgorithm() => MetaAlgorithms.Create<double>(Algorithm, Model);

    /// <summary>The model in the managed engine, in double precision: to adapt and to evaluate.</summary>
    public IModel<double> CreateModel() => ManagedEngine.Instance.Build<double>(Model);

    /// <summary>Training for a round, in single precision: on a processor with all its cores, on another device from
    /// one thread.</summary>
    /// <param name="engine">Builds the study's model.</param>
    /// <param name="own">The vector that this hospital keeps from round to round; empty where it keeps none.</param>
    public LocalUpdate CreateUpdate(IEngine engine, ReadOnlySpan<double> own = default)
    {
        var algorithm = MetaAlgorithms.Create<float>(Algorithm, Model);
        if (algorithm is ISiteState<float> sites && !own.IsEmpty)
        {
            var narrow = new float[own.Length];
            for (var i = 0; i < own.Length; i++) narrow[i] = (float)own[i];
            algorithm = sites.OfSite(narrow);
        }

        return new(
            engine.Build<float>(algorithm.TrainingSpec), algorithm, Shape,
            engine.Device == "cpu" ? Environment.ProcessorCount : 1);
    }

    /// <summary>The round as this hospital knows it: from its approved document, and the model and the rotation that it
    /// received. Where a round has groups it draws them itself: a server that puts it into another one speaks of
    /// another context.</summary>
    /// <param name="self">This hospital's id, a member.</param>
    /// <param name="id">The round and the attempt.</param>
    /// <param name="model">Hash of the model that was received, 32 bytes.</param>
    /// <param name="rotation">The round's public seed, 32 bytes.</param>
    /// <param name="expiry">When the round is void.</param>
    public RoundContext RoundOf(
        string self, RoundId id, ReadOnlyMemory<byte> model, ReadOnlySpan<byte> rotation, DateTimeOffset expiry)
    {
        var (group, members) = SumOf(self, id, model.Span);
        return new RoundContext
        {
            Study = Name,
            Id = id,
            PlanHash = Convert.FromHexString(Hash),
            ModelHash = model,
            Parameters = Aggregation,
            NoiseTerms = Mechanism.RoundTerms(rotation),
            Expiry = expiry,
            Group = group,
            Members = members,
        };
    }
}
