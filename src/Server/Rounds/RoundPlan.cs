using FedMeta.Protocol.V1;
using FedMeta.SecureAgg;
using FedMeta.Server.Studies;
using Google.Protobuf;
using RoundId = FedMeta.Protocol.V1.RoundId;

namespace FedMeta.Server.Rounds;

/// <summary>The fixed facts of one sum of an attempt.</summary>
/// <param name="Study">The study's hash, hex.</param>
/// <param name="StudyPlan">What its document means.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Group">Whose sum it is.</param>
/// <param name="Invited">Client ids of the group that were there, ascending.</param>
/// <param name="Context">What the aggregation's parties agree on.</param>
/// <param name="Deadline">Longest wait in a phase.</param>
internal sealed record RoundPlan(string Study, StudyPlan StudyPlan, int Round, int Attempt,
    RoundGroup Group, IReadOnlyList<string> Invited,
    RoundContext Context, TimeSpan Deadline)
{
    /// <summary>The id on the wire.</summary>
    public RoundId WireId { get; } = new()
    {
        StudyHash = ByteString.CopyFrom(Convert.FromHexString(Study)),
        Round = (uint)Round,
        Attempt = (uint)Attempt,
    };

    /// <summary>Bytes of one masked input.</summary>
    public int InputBytes => checked((int)Context.Parameters.PackedLength);

    /// <summary>Masked inputs without which the sum is not opened. The quorum counts over all groups, so it is asked
    /// for here only where the round has one sum.</summary>
    public int LeastInputs => Group.Number == 0
        ? StudyPlan.Terms.Rounds.Quorum
        : StudyPlan.Terms.Aggregation.Threshold;

    /// <summary>Whether enough were invited for a sum.</summary>
    public bool IsViable => Invited.Count >= StudyProspects.SmallestSum(StudyPlan);

    /// <summary>The aggregation's first state.</summary>
    public ServerState Begin() => ServerAdvertiseKeys.Start(Context);
}
