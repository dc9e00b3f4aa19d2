using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.Hosting;
using FedMeta.Server.State;
using Google.Protobuf;
using Grpc.Core;

namespace FedMeta.Server.Enrolment;

/// <summary>The only service that answers without a client certificate.</summary>
internal sealed class EnrolmentService(EnrolmentDesk desk, ConsortiumCertificate authority)
    : Protocol.V1.Enrolment.EnrolmentBase
{
    /// <inheritdoc/>
    public override Task<EnrolReply> Enrol(EnrolRequest request, ServerCallContext context)
    {
        var refusal = ClientId.IsValid(request.ClientId)
            ? desk.Enrol(request.ClientId, request.CertificateRequest.ToByteArray(), request.Proof.Span,
                request.Version)
            : EnrolmentRefusal.WrongProof;
        var ack = refusal is null
            ? new Ack { Accepted = true }
            : new Ack
            {
                Refusal = "invite-refused",
                Detail = "the invite is used, expired, mistyped or unknown; ask the operator for a new one"
            };
        return Task.FromResult(new EnrolReply { Ack = ack });
    }

    /// <inheritdoc/>
    public override Task<EnrolmentStatus> GetStatus(EnrolmentStatusRequest request, ServerCallContext context)
    {
        var entry = ClientId.IsValid(request.ClientId) ? desk.Status(request.ClientId, request.KeyHash.Span) : null;
        var reply = new EnrolmentStatus
        {
            State = entry?.Standing switch
            {
                ClientStanding.Pending => EnrolmentStatus.Types.State.Pending,
                ClientStanding.Active => EnrolmentStatus.Types.State.Approved,
                ClientStanding.Revoked => EnrolmentStatus.Types.State.Revoked,
                _ => EnrolmentStatus.Types.State.Unknown,
            },
        };
        if (entry?.Standing == ClientStanding.Active)
        {
            reply.Certificate = ByteString.CopyFrom(Convert.FromBase64String(entry.Certificate));
            reply.Authority = ByteString.CopyFrom(authority.Certificate.RawData);
        }

        return Task.FromResult(reply);
    }
}
