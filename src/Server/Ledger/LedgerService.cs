using FedMeta.Protocol.V1;
using FedMeta.Server.Hosting;
using FedMeta.Server.Rounds;
using Grpc.Core;

namespace FedMeta.Server.Ledger;

/// <summary>The ledger as its members watch it.</summary>
internal sealed class LedgerService(LedgerDesk desk) : Protocol.V1.Ledger.LedgerBase
{
    /// <inheritdoc/>
    public override Task<CheckpointReply> GetCheckpoint(CheckpointRequest request, ServerCallContext context) =>
        Task.FromResult(desk.Answer(Caller.Of(context).Name, request));

    /// <inheritdoc/>
    public override Task<Ack> CoSign(CoSignature request, ServerCallContext context)
    {
        var refusal = desk.CoSign(Caller.Of(context).Name, request);
        return Task.FromResult(refusal is { } word
            ? new Ack { Refusal = PhaseNames.Hyphenated(word) }
            : new Ack { Accepted = true });
    }
}
