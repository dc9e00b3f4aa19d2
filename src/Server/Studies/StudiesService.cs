using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.Hosting;
using FedMeta.Server.Reports.Privacy;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using Google.Protobuf;
using Grpc.Core;

namespace FedMeta.Server.Studies;

/// <summary>What a hospital can read and decide. It sees the studies in whose document it stands, and no
/// others.</summary>
internal sealed class StudiesService(FactJournal journal, StudyPlans plans, StudyDesk desk)
    : Protocol.V1.Studies.StudiesBase
{
    /// <inheritdoc/>
    public override Task<ListStudiesReply> List(ListStudiesRequest request, ServerCallContext context)
    {
        var client = Caller.Of(context).Name;
        var reply = new ListStudiesReply();
        reply.Studies.AddRange(journal.State.Studies.Values.Where(s => MayRead(s, client)).OrderBy(s =>
            s.Proposed.Record)
            .Select(s => Summary(s, plans.Of(s))));
        return Task.FromResult(reply);
    }

    /// <inheritdoc/>
    public override Task<StudyText> Get(GetStudyRequest request, ServerCallContext context)
    {
        var study = Find(request.StudyHash, Caller.Of(context).Name, MayRead)
            ?? throw new RpcException(new Status(StatusCode.NotFound, "no such study of yours"));
        return Task.FromResult(new StudyText { Document = ByteString.CopyFromUtf8(study.Document) });
    }

    /// <inheritdoc/>
    public override Task<Ack> Decide(Decision request, ServerCallContext context)
    {
        var client = Caller.Of(context).Name;
        if (Find(request.StudyHash, client, IsMember) is not { } study)
            return Task.FromResult(Refused(DecisionRefusal.UnknownStudy, "no such study of yours"));
        if (!StudyDecision.TryRead(request, client, out var decision))
            return Task.FromResult(Refused(DecisionRefusal.Malformed, "a field of the decision is out of its bounds"));
        var refusal = desk.Decide(decision, request.Signature.Span, plans.Of(study));
        return Task.FromResult(refusal is { } r ? Refused(r.Refusal, r.Detail) : new Ack { Accepted = true });
    }

    /// <summary>The short form of a study.</summary>
    public static StudySummary Summary(StudyEntry study, StudyPlan plan) => new()
    {
        StudyHash = ByteString.CopyFrom(Convert.FromHexString(study.Hash)),
        Name = study.Name,
        State = PrivacyFigures.StateName(study.Standing),
        Round = (uint)study.PlayedRounds,
        Rounds = (uint)plan.RoundCount,
        ModelHash = ByteString.CopyFrom(Convert.FromHexString(study.LastCompleted?.Model ?? plan.InitialModel)),
    };

    private StudyEntry? Find(ByteString hash, string client, Func<StudyEntry, string, bool> allowed) =>
        journal.State.Studies.TryGetValue(Convert.ToHexStringLower(hash.Span), out var study)
            && allowed(study, client) ? study : null;

    private bool MayRead(StudyEntry study, string client) =>
        study.Standing is StudyStanding.Completed or StudyStanding.Partial || IsMember(study, client);

    private bool IsMember(StudyEntry study, string client) => plans.Of(study).Document.TryGetMember(client, out _);

    private static Ack Refused(DecisionRefusal refusal, string detail) =>
        new() { Refusal = PhaseNames.Hyphenated(refusal), Detail = detail };
}
