using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FedMeta.Client.Tests.Commands;

internal sealed class EnrolmentScript(TestCoordinator coordinator) : Protocol.V1.Enrolment.EnrolmentBase
{
    public override Task<EnrolReply> Enrol(EnrolRequest request, ServerCallContext context)
    {
        if (coordinator.RefusesInvites)
            return Task.FromResult(new EnrolReply
            {
                Ack = new Ack
                {
                    Refusal = "invite-refused",
                    Detail = "used already"
                }
            });
        Assert.Equal(EnrolmentProof.Length, request.Proof.Length);
        Assert.True(SigningRequest.TryRead(request.CertificateRequest.Span, out var key));
        coordinator.ClientKey = key.PublicKey;
        return Task.FromResult(new EnrolReply { Ack = new Ack { Accepted = true } });
    }

    public override Task<EnrolmentStatus> GetStatus(EnrolmentStatusRequest request, ServerCallContext context)
    {
        var status = new EnrolmentStatus { State = coordinator.State };
        if (coordinator.State == EnrolmentStatus.Types.State.Approved)
        {
            using var certificate = coordinator.Authority.Issue(
                coordinator.ClientKey, CertificateRole.Client, request.ClientId, TimeProvider.System,
                    TimeSpan.FromDays(30));
            status.Certificate = ByteString.CopyFrom(certificate.RawData);
            status.Authority = ByteString.CopyFrom(coordinator.Authority.Certificate.RawData);
        }

        return Task.FromResult(status);
    }
}
