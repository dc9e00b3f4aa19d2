using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FedMeta.Client.Tests.Commands;

internal sealed class StudiesScript(TestCoordinator coordinator) : Protocol.V1.Studies.StudiesBase
{
    public override Task<ListStudiesReply> List(ListStudiesRequest request, ServerCallContext context)
    {
        var reply = new ListStudiesReply();
        if (coordinator.Document.Length > 0)
        {
            reply.Studies.Add(new StudySummary
            {
                Name = "heart",
                State = "proposed",
                Rounds = 3,
                StudyHash = ByteString.CopyFrom(StudyDocument.Read(coordinator.Document).Value?.Hash.ToArray()
                    ?? new byte[32]),
                ModelHash = ByteString.CopyFrom(Sha256Digest.Of(coordinator.Model).ToArray()),
            });
        }

        return Task.FromResult(reply);
    }

    public override Task<StudyText> Get(GetStudyRequest request, ServerCallContext context) =>
        Task.FromResult(new StudyText { Document = ByteString.CopyFrom(coordinator.Served ?? coordinator.Document) });

    public override Task<Ack> Decide(Decision request, ServerCallContext context)
    {
        coordinator.Decisions.Enqueue(request);
        return Task.FromResult(new Ack { Accepted = true });
    }
}
