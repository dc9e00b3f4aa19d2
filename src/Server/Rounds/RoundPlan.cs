using FedMeta.Protocol.V1;
using FedMeta.SecureAgg;
using FedMeta.Server.Studies;
using Google.Protobuf;
using RoundId = FedMeta.Protocol.V1.RoundId;

namespace FedMeta.Server.Rounds;

/// <summary>The fixed facts of one attempt.</summary>
/// <param name="Study">The study's hash, hex.</param>
/// <param name="StudyPlan">What its document means.</param>
/// <param name="Round">From 1.</param>
/// <param name="Attempt">From 1.</param>
/// <param name="Invited">Client ids, ascending.</param>
/// <param name="Context">What the aggregation's parties agree on.</param>
/// <param name="Deadline">Longest wait in a phase.</param>
internal sealed record RoundPlan(string Study, StudyPlan StudyPlan, int Round, int Attempt,
    IReadOnlyList<string> Invited,
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

    /// <summary>The aggregation's first state.</summary>
    public ServerState Begin() => ServerAdvertiseKeys.Start(Context);
}
