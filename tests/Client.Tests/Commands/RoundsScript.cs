using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Grpc.Core;

namespace FedMeta.Client.Tests.Commands;

internal sealed class RoundsScript(TestCoordinator coordinator) : Protocol.V1.Rounds.RoundsBase
{
    public override async Task<Instruction> Await(AwaitRequest request, ServerCallContext context)
    {
        if (coordinator.State == EnrolmentStatus.Types.State.Revoked)
            throw new RpcException(new Status(StatusCode.PermissionDenied, "revoked"));
        if (coordinator.Instructions.TryDequeue(out var instruction)) return instruction;
        await coordinator.Bell.Task.WaitAsync(context.CancellationToken);
        return new Instruction();
    }

    public override async Task GetModel(
        ModelRequest request, IServerStreamWriter<Chunk> responseStream, ServerCallContext context)
    {
        foreach (var chunk in ChunkSplitter.Split(coordinator.Model)) await responseStream.WriteAsync(chunk);
    }

    public override Task<Ack> Send(PhaseMessage request, ServerCallContext context)
    {
        coordinator.Messages.Enqueue(request);
        coordinator.Answered.TrySetResult();
        return Task.FromResult(new Ack { Accepted = true });
    }
}
