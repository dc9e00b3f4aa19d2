using FedMeta.Client.Witness;
using FedMeta.Protocol.V1;

namespace FedMeta.Client.Connection;

/// <summary>The coordinator's ledger over gRPC.</summary>
internal sealed class GrpcLedgerServer(ServerConnection connection) : ILedgerServer
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private Protocol.V1.Ledger.LedgerClient Ledger => new(connection.Member.Channel);

    /// <inheritdoc/>
    public Task<CheckpointReply> GetCheckpointAsync(CheckpointRequest request, CancellationToken stop) =>
        connection.CallAsync(connection.Member,
            async cancel => await Ledger.GetCheckpointAsync(request, cancellationToken: cancel), Limit, stop);

    /// <inheritdoc/>
    public Task<Ack> CoSignAsync(CoSignature signature, CancellationToken stop) =>
        connection.CallAsync(connection.Member,
            async cancel => await Ledger.CoSignAsync(signature, cancellationToken: cancel), Limit, stop);
}
