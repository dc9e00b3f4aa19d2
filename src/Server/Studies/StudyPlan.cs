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

    /// <summary>The hospitals' keys for every sum over all members, imported once for all rounds of the study.
    /// </summary>
    public RoundMembers MemberKeys { get; } = KeysOf(Document.Members);

    /// <summary>The noise mechanism.</summary>
    public MechanismPlan Mechanism => Numbers.Mechanism;

    /// <summary>What every ledger entry of the study says about the mechanism.</summary>
    public LedgerTerms Ledger { get; } = LedgerTerms.Of(Document);

    /// <summary>The parameters of secure aggregation, the same for every sum of a round.</summary>
    public AggregationParameters Aggregation => Numbers.Aggregation;

    /// <summary>Sums that a round must give to count; 1 where there are no groups.</summary>
    public int NeededSums => Terms.Aggregation.IsBucketed
        ? GroupLayout.Of(Members.Count, Terms.Aggregation.BucketSize).Needed
        : 1;

    /// <summary>
    /// Whose inputs make which sum of an attempt, as every hospital computes it too.
    /// </summary>
    /// <param name="round">From 1.</param>
    /// <param name="attempt">From 1.</param>
    /// <param name="model">Hash of the model that the attempt starts from, hex.</param>
    public IReadOnlyList<RoundGroup> Groups(int round, int attempt, string model)
    {
        string[] all = [.. Members.Select(m => m.Id)];
        if (!Terms.Aggregation.IsBucketed)
            return [new RoundGroup(0, all)];
        var seed = GroupDraw.Seed(Document.Hash.ToArray(), new RoundId(round, attempt), Convert.FromHexString(model));
        return [.. GroupDraw.Draw(all, seed, Terms.Aggregation.BucketSize).Select((m, i) => new RoundGroup(i + 1, m))];
    }

    /// <summary>The keys of those whose inputs make one sum.</summary>
    /// <param name="group">One of <see cref="Groups"/>.</param>
    public RoundMembers KeysOf(RoundGroup group)
    {
        if (group.Number == 0)
            return MemberKeys;
        var ids = group.Members.ToHashSet(StringComparer.Ordinal);
        return KeysOf(Members.Where(m => ids.Contains(m.Id)));
    }

    /// <summary>Longest wait in a phase.</summary>
    public TimeSpan Deadline => Terms.Rounds.Deadline;

    /// <summary>Rounds that the study plans.</summary>
    public int RoundCount => Terms.Rounds.Count;

    /// <summary>The hash of the initial model, hex.</summary>
    public string InitialModel => Document.InitialModel.ToString();

    /// <summary>The algorithm, ready for the model.</summary>
    public IMetaAlgorithm<double> CreateAlgorithm() => MetaAlgorithms.Create<double>(Numbers.Algorithm, Numbers.Model);

    private static RoundMembers KeysOf(IEnumerable<StudyMember> members) =>
        new(members.Select(m => KeyValuePair.Create(m.Id, m.PublicKey)));
}
