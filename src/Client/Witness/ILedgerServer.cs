using FedMeta.Protocol.V1;

namespace FedMeta.Client.Witness;

/// <summary>The coordinator's ledger as a witness needs it: the seam between the checks and the network. Every call
/// ends within its limit.</summary>
internal interface ILedgerServer
{
    /// <summary>The newest checkpoint with what was asked for.</summary>
    /// <exception cref="Grpc.Core.RpcException">No answer, or a refusal.</exception>
    Task<CheckpointReply> GetCheckpointAsync(CheckpointRequest request, CancellationToken stop);

    /// <summary>Hands over this hospital's signature.</summary>
    /// <exception cref="Grpc.Core.RpcException">No answer, or a refusal.</exception>
    Task<Ack> CoSignAsync(CoSignature signature, CancellationToken stop);
}
