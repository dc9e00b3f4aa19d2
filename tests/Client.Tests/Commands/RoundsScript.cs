using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

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

    public override Task<UploadProgress> AskUpload(RoundId request, ServerCallContext context) =>
        Task.FromResult(new UploadProgress { Bytes = (ulong)coordinator.Uploaded.Length });

    public override async Task<Ack> UploadMaskedInput(
        IAsyncStreamReader<MaskedInputPart> requestStream, ServerCallContext context)
    {
        await foreach (var part in requestStream.ReadAllAsync())
        {
            if (part.PartCase == MaskedInputPart.PartOneofCase.Header) continue;
            coordinator.Arrived += part.Chunk.Data.Length;
            if (part.Chunk.Offset != (ulong)coordinator.Uploaded.Length)
                return new Ack { Refusal = "wrong-offset" };
            coordinator.Uploaded.Write(part.Chunk.Data.Span);
            if (coordinator.Cuts.TryPeek(out var at) && coordinator.Uploaded.Length >= at)
            {
                coordinator.Cuts.Dequeue();
                context.GetHttpContext().Abort();
                throw new RpcException(new Status(StatusCode.Unavailable, "cut"));
            }
        }

        return new Ack { Accepted = true };
    }
}
